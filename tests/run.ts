// The test command: format, lint, floors, types, then unit, reference and browser tests; ends with one count.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { findChromium } from './browser/chromium.ts';
import { sitePaths } from './browser/site-paths.ts';
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

/** Runs Vitest and adds up its tests; a file that fails to load has no tests of its own to fail, and counts as one. */
function test(title: string, args: readonly string[]): void {
  const report = 'tests/.output/results.json';
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const ok = run(title, 'vitest', ['run', ...args, ...reporters]);
  const counts = existsSync(report)
    ? (JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>)
    : {};
  passed += counts.numPassedTests ?? 0;
  const failures = counts.numFailedTests ?? 0;
  failed += !ok && failures === 0 ? 1 : failures;
}

const node = process.execPath;
try {
  process.env.ATLAS_CHROMIUM = findChromium({ install: true });
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
mkdirSync('tests/.output', { recursive: true });

check('format', 'prettier', ['--check', '--log-level', 'warn', '.']);
check('lint', 'eslint', ['.', '--max-warnings', '0']);
check('floors', 'depcruise', ['src', 'precompute', '--output-type', 'err']);
check('precompute', node, ['precompute/atlas.ts', 'run', 'all']);
check('types', 'astro', ['check', '--minimumFailingSeverity', 'warning']);
check('build under a base path', 'astro', ['build', '--outDir', sitePaths.folder], {
  ATLAS_BASE: sitePaths.base,
});
test('unit and reference tests', ['tests/unit', 'tests/reference']);
// One file at a time: a page that waits for a core is slow, and a slow page is not a wrong one.
test('browser tests', ['tests/browser', '--no-file-parallelism']);

process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
