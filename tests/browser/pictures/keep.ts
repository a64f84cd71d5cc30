// `npm run pictures`: builds the site and keeps every figure as it is drawn now; look at the sheets before you commit them.
import { spawnSync } from 'node:child_process';
import { findChromium } from '../chromium.ts';
import { sitePaths } from '../site-paths.ts';

process.env.ATLAS_CHROMIUM = findChromium({ install: true });

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): void {
  const shell = process.platform === 'win32';
  const options = { stdio: 'inherit', shell, env: { ...process.env, ...env } } as const;
  const { status } = spawnSync(command, args, options);
  if (status !== 0) process.exit(status ?? 1);
}

run('astro', ['build', '--outDir', sitePaths.folder], { ATLAS_BASE: sitePaths.base });
run('vitest', ['run', 'tests/browser/pictures.test.ts'], { ATLAS_PICTURES: 'keep' });
