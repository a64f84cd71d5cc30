// A small built site, as the build would leave it: pages, a service worker, and a stamp.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeStamp } from '../../../../precompute/site/stamp.ts';

export const wanted = { base: '/', site: 'https://example.org', sources: 'abc' } as const;

export const serviceWorker = (version: string): string =>
  `self.atlasEdition={"version":"${version}","kept":[],"onUse":[]};\nself.go();`;

/** In the head of every page. */
export const page = (words: string): string =>
  `<!DOCTYPE html><meta property="og:site_name" content="Loss Atlas"><p>${words}`;

export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** @param words on the title page. */
export async function buildInto(folder: string, words: string, facts: object = {}): Promise<void> {
  write(folder, {
    'index.html': page(words),
    '_astro/page.abc.js': 'run()',
    'service-worker.js': serviceWorker('0123abcd'),
  });
  await writeStamp(folder, { ...wanted, options: [], ...facts });
}
