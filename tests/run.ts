// The test command: format, lint, floors, types, then unit, reference and browser tests; ends with where the time went and one count.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { findChromium } from './browser/chromium.ts';
import { sitePaths } from './browser/site-paths.ts';
let passed = 0;
let failed = 0;
const failures: string[] = [];
const times = { stages: [] as Time[], files: [] as Time[] };

interface Time {
  readonly name: string;
  readonly seconds: number;
}

function run(title: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  process.stdout.write(`\n> ${title}\n`);
  const started = performance.now();
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, ...env },
  });
  const seconds = (performance.now() - started) / 1000;
  times.stages.push({ name: title, seconds });
  process.stdout.write(`  ${status === 0 ? 'ok' : 'FAILED'}, ${seconds.toFixed(1)} s\n`);
  return status === 0;
}

function fail(what: string): void {
  failed++;
  failures.push(what);
}

/** A check counts as one test. */
function check(...step: Parameters<typeof run>): boolean {
  const ok = run(...step);
  if (ok) passed++;
  else fail(step[0]);
  return ok;
}

interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly FileResult[];
}

interface FileResult {
  readonly name: string;
  readonly startTime: number;
  readonly endTime: number;
  readonly assertionResults: readonly {
    readonly status: string;
    readonly fullName: string;
    readonly failureMessages: readonly string[];
  }[];
}

/** Runs Vitest and adds up its tests; a file that fails to load has no tests of its own to fail, and counts as one. */
function test(title: string, args: readonly string[]): void {
  const report = 'tests/.output/results.json';
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const ok = run(title, 'vitest', ['run', ...args, ...reporters]);
  const found = existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as Report) : null;
  passed += found?.numPassedTests ?? 0;
  const before = failed;
  for (const { name, startTime, endTime, assertionResults } of found?.testResults ?? []) {
    times.files.push({ name: basename(name), seconds: (endTime - startTime) / 1000 });
    for (const { status, fullName, failureMessages } of assertionResults)
      if (status === 'failed')
        fail(`${basename(name)}: ${fullName}\n    ${failureMessages.join('\n    ')}`);
  }
  if (!ok && failed === before) fail(title);
}

function showTimes(title: string, list: readonly Time[]): void {
  process.stdout.write(`\n${title}\n`);
  for (const { name, seconds } of list)
    process.stdout.write(`${seconds.toFixed(1).padStart(8)} s  ${name}\n`);
}

/** Vitest leaves a core to itself, which on two halves the pace. */
const workers = `--maxWorkers=${Math.max(2, availableParallelism() - 1)}`;

/** Where a page that waits for a core behaves otherwise: these run one at a time. */
const timed = [
  'laboratory-memory',
  'lab-keep',
  'lab-training',
  'live-retrain',
  'offline',
  'offline-wrong-answers',
  'reading-progress',
].map((name) => `tests/browser/${name}.test.ts`);
const untimed = globSync('tests/browser/*.test.ts')
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !timed.includes(file));

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
// No fresh process for each of some 240 files: none of them leaves anything behind.
test('unit and reference tests', ['tests/unit', 'tests/reference', workers, '--no-isolate']);
test('browser tests', [...untimed, workers]);
test('browser tests that tell the time', [...timed, '--no-file-parallelism']);

showTimes('Where the time went', times.stages);
const slowest = times.files.toSorted((a, b) => b.seconds - a.seconds).slice(0, 20);
showTimes('The slowest files', slowest);
if (failures.length > 0) process.stdout.write(`\nWhat failed\n  ${failures.join('\n  ')}\n`);
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
