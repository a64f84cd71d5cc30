// The test command: format, lint, floors, types, then unit, reference and browser tests; ends with one count.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { findChromium } from './browser/chromium.ts';
import { sitePaths } from './browser/site-paths.ts';

const results = 'tests/.output/results.json';
let passed = 0;
let failed = 0;

function run(title: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  process.stdout.write(`\n> ${title}\n`);
  const started = performance.now();
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, ...env },
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`  ${status === 0 ? 'ok' : 'FAILED'}, ${seconds} s\n`);
  return status === 0;
}

/** A check counts as one test. */
function check(...step: Parameters<typeof run>): boolean {
  const ok = run(...step);
  if (ok) passed++;
  else failed++;
  return ok;
}

const node = process.execPath;
const chromium = findChromium({ install: true });

mkdirSync('tests/.output', { recursive: true });
rmSync(results, { force: true });

check('format', 'prettier', ['--check', '--log-level', 'warn', '.']);
check('lint', 'eslint', ['.', '--max-warnings', '0']);
check('floors', 'depcruise', ['src', 'precompute', '--output-type', 'err']);
check('precompute', node, ['precompute/atlas.ts', 'run', 'all']);
check('types', 'astro', ['check', '--minimumFailingSeverity', 'warning']);
check('build under a base path', 'astro', ['build', '--outDir', sitePaths.folder], {
  ATLAS_BASE: sitePaths.base,
});
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
const tested = run('unit, reference and browser tests', 'vitest', ['run', ...reporters], {
  ATLAS_CHROMIUM: chromium,
});

try {
  const report = JSON.parse(readFileSync(results, 'utf8')) as Record<string, number>;
  passed += report.numPassedTests ?? 0;
  failed += report.numFailedTests ?? 0;
  // A file that fails to load has no tests of its own to fail.
  if (!tested && report.numFailedTests === 0) failed++;
} catch {
  failed++;
}
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
