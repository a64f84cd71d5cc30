// What axe finds wrong on a page: asked in the page itself, which takes a tenth of the time of gathering and sending all that is right.
import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface Question {
  /** Looks below this selector alone. */
  readonly include?: string;
  /** Asks these rules alone. */
  readonly rules?: readonly string[];
  readonly withoutRules?: readonly string[];
}

/** Each violation with up to three of its places, short enough to read. */
export async function violations(page: Page, question: Question = {}): Promise<string[]> {
  const { include, rules, withoutRules = [] } = question;
  const options: axe.RunOptions = {
    resultTypes: ['violations'],
    ...(rules ? { runOnly: [...rules] } : {}),
    rules: Object.fromEntries(withoutRules.map((rule) => [rule, { enabled: false }])),
  };
  // By the debugger's own way, which a page's content security policy does not forbid.
  await page.evaluate(axe.source);
  const found = await page.evaluate(
    async ([place, asked]) => {
      const { axe: here } = globalThis as unknown as { axe: typeof axe };
      // Of what is nowhere on the page, axe complains by itself.
      return (await here.run(place ?? document, asked)).violations;
    },
    [include ?? null, options] as const,
  );
  return found.flatMap(({ id, help, nodes }) =>
    nodes
      .slice(0, 3)
      .map(({ target, any }) => `${id}: ${help} (${String(target)}) ${any[0]?.message ?? ''}`),
  );
}
