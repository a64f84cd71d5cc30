// The test command, whole or in part: `tests/run.ts [check | unit | browser] [NAMES]`; ends with where the time went and one count.
import { mkdirSync } from 'node:fs';
import { findChromium } from './browser/chromium.ts';
import { buildWhatIsStale, checkAndBuild, checkSources } from './run/checks.ts';
import { browserFiles, browserWorkers, unitFiles, workers } from './run/files.ts';
import { Tally } from './run/tally.ts';
import { runVitest } from './run/vitest.ts';

const tally = new Tally();
const [part = 'all', ...names] = process.argv.slice(2);

/** No fresh process for each of some 240 files: none of them leaves anything behind. */
async function unit(): Promise<void> {
  const files = unitFiles(names);
  if (files.length === 0) tally.fail(nothingFound());
  else await runVitest(tally, 'unit and reference tests', [...files, workers, '--no-isolate']);
}

async function browser(): Promise<void> {
  const { timed, untimed } = browserFiles(names);
  if (timed.length + untimed.length === 0) tally.fail(nothingFound());
  if (untimed.length > 0) await runVitest(tally, 'browser tests', [...untimed, browserWorkers]);
  if (timed.length > 0)
    await runVitest(tally, 'browser tests that tell the time', [...timed, '--no-file-parallelism']);
}

const nothingFound = (): string => `no test file has a path with ${names.join(' or ')} in it`;

function needChromium(): void {
  try {
    process.env['ATLAS_CHROMIUM'] = findChromium({ install: true });
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
}

const parts: Readonly<Record<string, () => Promise<void>>> = {
  async all() {
    needChromium();
    await checkAndBuild(tally);
    await unit();
    await browser();
  },
  check: () => checkSources(tally),
  unit,
  async browser() {
    needChromium();
    if (!(await buildWhatIsStale())) tally.fail('what the browser tests need');
    else await browser();
  },
};

mkdirSync('tests/.output', { recursive: true });
const chosen = parts[part];
if (!chosen) {
  process.stderr.write(
    `'${part}' is no part of the tests: expected ${Object.keys(parts).join(', ')}.\n`,
  );
  process.exit(2);
}
await chosen();
tally.tell();
