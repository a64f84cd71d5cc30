// `npm run pictures`: keeps every figure as it is drawn now; with `--data`, from the artifacts as they are computed now.
import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { keptDataFolder } from '../../../src/site/gallery/kept-data.ts';
import { findChromium } from '../chromium.ts';
import { sitePaths } from '../site-paths.ts';

process.env.ATLAS_CHROMIUM = findChromium({ install: true });

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): void {
  const shell = process.platform === 'win32';
  const options = { stdio: 'inherit', shell, env: { ...process.env, ...env } } as const;
  const { status } = spawnSync(command, args, options);
  if (status !== 0) process.exit(status ?? 1);
}

/** Copies what pages read of the artifacts of the built site: manifests, outlines and display files. */
function keepData(): void {
  run('astro', ['build', '--outDir', sitePaths.folder], { ATLAS_BASE: sitePaths.base });
  rmSync(keptDataFolder, { recursive: true, force: true });
  const published = `${sitePaths.folder}/data`;
  const patterns = ['*/outline.json', '*/outline/*', '*/display/*'];
  for (const file of globSync(patterns, { cwd: published })) {
    mkdirSync(dirname(`${keptDataFolder}/${file}`), { recursive: true });
    cpSync(`${published}/${file}`, `${keptDataFolder}/${file}`);
  }
}

if (process.argv.includes('--data')) keepData();
const tests = ['tests/unit/figures/drawings.test.ts', 'tests/browser/pictures.test.ts'];
for (const test of tests) run('vitest', ['run', test], { ATLAS_PICTURES: 'keep' });
