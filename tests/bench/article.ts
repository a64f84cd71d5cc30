// How each chapter of the built site fares in a reader's hands: Lighthouse, weight, smoothness.
import { spawnSync } from 'node:child_process';
import { builtChapters, openSite, readThrough, screens } from '../browser/site.ts';
import { sitePaths } from '../browser/site-paths.ts';
import { readSlowly } from '../browser/smoothness.ts';
import { isCode, transfers, weightOf } from '../browser/transfer.ts';
import { hostArticle } from './article-site.ts';
import { categories, lighthouseScores } from './lighthouse.ts';
import type { Row } from './report.ts';

export const head: Row = [
  'chapter',
  ...categories.map((name) => `Lighthouse, ${name}`),
  'transferred, KB',
  'code, KB',
  'longest task, ms (phone / desktop)',
  'layout shift (phone / desktop)',
];

export const bars: Row = ['bar', '95', '100', '100', '100', '350', '120', '100', '0.02'];

/** A row for each chapter. */
export async function articleRows(progress: (text: string) => void): Promise<Row[]> {
  progress('Lighthouse');
  const hosted = await hostArticle();
  const scores = await lighthouseScores(hosted.chapters.map((path) => hosted.url + path)).finally(
    () => hosted.close(),
  );
  progress('weight and smoothness of the chapters');
  const { status } = spawnSync('astro', ['build', '--outDir', sitePaths.folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ATLAS_BASE: sitePaths.base },
  });
  if (status !== 0) throw new Error(`The site could not be built: astro ended with ${status}.`);
  const site = await openSite();
  try {
    const rows: Row[] = [];
    for (const path of builtChapters()) {
      const visit = await site.visit(path);
      await readThrough(visit.page);
      const list = transfers(visit.requests);
      await visit.close();
      const phone = await readSlowly(site, path, screens.phone);
      const desktop = await readSlowly(site, path, screens.desktop);
      const task = ({ longestTask }: { longestTask: number }): string =>
        longestTask > 0 ? longestTask.toFixed(0) : 'under 50';
      rows.push([
        path.split('/')[1] ?? path,
        ...(scores.get(hosted.url + path)?.scores ?? []).map(String),
        (weightOf(list) / 1000).toFixed(0),
        (weightOf(list.filter(isCode)) / 1000).toFixed(0),
        `${task(phone)} / ${task(desktop)}`,
        `${phone.shift.toFixed(3)} / ${desktop.shift.toFixed(3)}`,
      ]);
    }
    return rows;
  } finally {
    await site.close();
  }
}
