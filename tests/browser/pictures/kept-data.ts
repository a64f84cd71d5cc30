// Data that the pictures are drawn from: kept beside them, since networks trained on another processor differ in late digits.
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { sitePaths } from '../site-paths.ts';

const published = `${sitePaths.folder}/data`;
const kept = 'tests/fixtures/picture-data';

/** Copies what pages read of the artifacts of the built site: outlines and display files. */
export function keepData(): void {
  rmSync(kept, { recursive: true, force: true });
  const patterns = ['*/outline.json', '*/outline/*', '*/display/*'];
  for (const file of globSync(patterns, { cwd: published })) {
    mkdirSync(dirname(`${kept}/${file}`), { recursive: true });
    cpSync(`${published}/${file}`, `${kept}/${file}`);
  }
}

/** Answers a page's requests for artifacts from the kept ones, whatever was trained for this build. */
export async function serveKeptData(context: BrowserContext): Promise<void> {
  await context.route('**/data/**', async (route) => {
    const [, file = ''] = new URL(route.request().url()).pathname.split('/data/');
    const path = `${kept}/${file}`;
    if (!existsSync(path)) return route.continue();
    await route.fulfill({ body: readFileSync(path) });
  });
}
