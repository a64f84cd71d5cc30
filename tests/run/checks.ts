// What is checked without a test: format, lint, floors, types; and what the tests read, computed and built.
import { isCurrent } from '../../precompute/site/stamp.ts';
import { siteSourceHash } from '../../precompute/site/source-hash.ts';
import { sitePaths } from '../browser/site-paths.ts';
import { runStep, type Step } from './step.ts';
import type { Tally } from './tally.ts';

const format: Step = {
  title: 'format',
  command: 'prettier',
  args: ['--check', '--log-level', 'warn', '.'],
};
const lint: Step = { title: 'lint', command: 'eslint', args: ['.', '--max-warnings', '0'] };
const floors: Step = {
  title: 'floors',
  command: 'depcruise',
  args: ['src', 'precompute', '--output-type', 'err'],
};
const types: Step = {
  title: 'types',
  command: 'astro',
  args: ['check', '--minimumFailingSeverity', 'warning'],
};
const precompute: Step = {
  title: 'precompute',
  command: process.execPath,
  args: ['precompute/atlas.ts', 'run', 'all'],
};
const build: Step = {
  title: 'build under a base path',
  command: 'astro',
  args: ['build', '--outDir', sitePaths.folder],
  env: { ATLAS_BASE: sitePaths.base },
};

/** A check counts as one test. */
async function check(tally: Tally, step: Step, { beside = false } = {}): Promise<void> {
  const { title, ok, seconds } = await runStep(step, { beside });
  tally.stage(title, seconds);
  if (ok) tally.pass();
  else tally.fail(title);
}

/** Two at a time. */
export async function checkSources(tally: Tally): Promise<void> {
  const beside = { beside: true };
  const inTurn = async (...steps: Step[]): Promise<void> => {
    for (const step of steps) await check(tally, step, beside);
  };
  await Promise.all([inTurn(types), inTurn(format, lint, floors)]);
}

/** All that tests read: runs and site, the checks beside them. */
export async function checkAndBuild(tally: Tally): Promise<void> {
  const beside = { beside: true };
  const typed = check(tally, types, beside);
  const others = typed.then(async () => {
    for (const step of [format, lint, floors]) await check(tally, step, beside);
  });
  await check(tally, precompute, beside);
  // Astro's check and its build write into one folder.
  await typed;
  await check(tally, build, beside);
  await others;
}

/** The same without the checks, and nothing that is current; false where that fails. */
export async function buildWhatIsStale(): Promise<boolean> {
  if (!(await runStep(precompute)).ok) return false;
  const wanted = { base: sitePaths.base, site: process.env['ATLAS_SITE'] ?? '' };
  if (await isCurrent(sitePaths.folder, { ...wanted, sources: await siteSourceHash() })) {
    process.stdout.write(`\nsite: unchanged, ${sitePaths.folder} is current\n`);
    return true;
  }
  return (await runStep(build)).ok;
}
