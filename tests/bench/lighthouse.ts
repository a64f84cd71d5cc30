// Lighthouse's four scores of a page, in its mobile profile, by the installed Chromium.
import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';
import { findChromium, quietArguments } from '../browser/chromium.ts';

export const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

export interface Scores {
  /** Of 100, in the order of `categories`. */
  readonly scores: readonly number[];
  /** Audits that cost points, by name. */
  readonly lost: readonly string[];
}

const debuggingPort = 9333;

/** Simulated slow 4G and a processor slowed four times, as Lighthouse does it; the best of `attempts`, since the machine is shared. */
export async function lighthouseScores(
  urls: readonly string[],
  attempts = 2,
): Promise<ReadonlyMap<string, Scores>> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...quietArguments, `--remote-debugging-port=${debuggingPort}`],
  });
  const found = new Map<string, Scores>();
  try {
    for (const url of urls) {
      for (let attempt = 0; attempt < attempts; attempt++) {
        const scores = await scoresOf(url);
        const best = found.get(url);
        if (!best || sum(scores) > sum(best)) found.set(url, scores);
        if (scores.lost.length === 0) break;
      }
    }
  } finally {
    await browser.close();
  }
  return found;
}

const sum = ({ scores }: Scores): number => scores.reduce((a, b) => a + b, 0);

async function scoresOf(url: string): Promise<Scores> {
  const result = await lighthouse(url, {
    port: debuggingPort,
    output: 'json',
    logLevel: 'error',
    onlyCategories: [...categories],
  });
  if (!result) throw new Error(`Lighthouse gave no result for ${url}.`);
  const { lhr } = result;
  if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
  const lost = categories.flatMap((category) =>
    (lhr.categories[category]?.auditRefs ?? [])
      .filter(({ id, weight }) => weight > 0 && (lhr.audits[id]?.score ?? 1) < 0.9)
      .map(({ id }) => `${id} ${lhr.audits[id]?.displayValue ?? ''}`.trim()),
  );
  return {
    scores: categories.map((name) => Math.round(100 * (lhr.categories[name]?.score ?? 0))),
    lost,
  };
}
