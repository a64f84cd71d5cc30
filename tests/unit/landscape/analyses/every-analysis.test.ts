// Every analysis of every experiment, at its quick size: it answers, survives being kept, and is found out when falsified.
// Every number and word of every result is changed, one at a time.
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { diskSources } from '../../../../precompute/data-sources.ts';
import { experimentNames, loadExperiment } from '../../../../precompute/experiment-files.ts';
import { canonicalJson } from '../../../../src/artifact/canonical-json.ts';
import { decodeResult, encodeResult } from '../../../../src/artifact/result-files.ts';
import { splitResult } from '../../../../src/artifact/result-tree.ts';
import type { Condition, Recheck } from '../../../../src/landscape/analyses/analysis.ts';
import { compareWithDerived, tensorsOf } from '../../../../src/landscape/analyses/derived.ts';
import { analysisOf } from '../../../../src/landscape/analyses/index.ts';
import { isNumericArray } from '../../../../src/landscape/analyses/numeric-array.ts';
import { answeredStudy, type Study } from '../../../../src/landscape/study.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';
import { analysisContext, trainCondition } from '../../../fixtures/trained-condition.ts';

const executor = await cpuExecutor();
const contextOf = <Of extends Omit<Condition, 'history'>>(
  conditions: readonly Of[],
  signal = new AbortController().signal,
) => analysisContext(executor, conditions, { signal });

/** With other last weights, and so another last snapshot, each by up to a tenth. */
function movedEnd(condition: Condition): Condition {
  const final = condition.final.map((weight, i) => weight * (1 + 0.1 * Math.sin(i + 1)));
  const snapshots = condition.history.snapshots.slice();
  snapshots.set(final, snapshots.length - final.length);
  return { ...condition, final, history: { ...condition.history, snapshots } };
}

const isOff = ({ recorded, again, tolerance }: Recheck): boolean =>
  !(Object.is(recorded, again) || Math.abs(recorded - again) <= tolerance);

type Tree = Record<string, unknown>;

/** Calls `visit` with each number and word of a result, and a way to change it. */
function forLeaves(
  tree: Tree,
  visit: (path: string, value: unknown, set: (value: unknown) => void) => void,
  above = '',
): void {
  for (const [key, value] of Object.entries(tree)) {
    const path = above === '' ? key : `${above}.${key}`;
    if (isNumericArray(value)) continue;
    if (typeof value === 'object' && value !== null) forLeaves(value as Tree, visit, path);
    else visit(path, value, (other) => (tree[key] = other));
  }
}

/** By a tenth, by one, or to the opposite. */
function changed(value: unknown): unknown {
  if (typeof value === 'string') return `${value}?`;
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'number' || !Number.isFinite(value)) return 1;
  return Number.isInteger(value) ? value + 1 : value * 1.1;
}

/** What no one could miss: shares of negative eigenvalues that double precision leaves where there are none. */
const isNoise = (path: string, value: unknown): boolean =>
  path.endsWith('.negativeShare') && typeof value === 'number' && value > 0 && value < 1e-9;

const counts = { all: 0, found: 0, noise: 0 };

const bibliography = await readFile('content/references.bib', 'utf8');
const names = await experimentNames();
const studies = await Promise.all(
  names.map(async (name) => (await loadExperiment(name, 'quick')).study),
);

describe.each(studies)('the study of $name', (study: Study) => {
  let conditions: Condition[];
  beforeAll(async () => {
    conditions = [];
    for (const condition of study.conditions)
      conditions.push(await trainCondition(condition, executor, diskSources));
  });

  const { analyses } = answeredStudy(study);
  it.each(Object.entries(analyses))('%s', async (name, spec) => {
    const analysis = analysisOf(spec);
    const { result, claims } = await analysis.run(contextOf(conditions), spec);

    const { json, full } = encodeResult(result);
    const kept = decodeResult(JSON.parse(JSON.stringify(json)), full, name);
    const again = analysis.claims(contextOf(conditions), spec, kept);
    expect(canonicalJson(again)).toBe(canonicalJson(claims));
    for (const { source, evidence } of claims) {
      expect(bibliography).toContain(`{${source},`);
      expect(evidence.length).toBeGreaterThan(0);
    }

    const derived = await analysis.derived(contextOf(conditions), spec, tensorsOf(kept));
    const { difference, compared } = compareWithDerived(kept, derived);
    expect(difference).toBeNull();
    const checks = await analysis.recheck(contextOf(conditions), spec, kept);
    expect(checks.filter(isOff)).toEqual([]);

    // What is derived saw the tensors alone, so that it stays as it is.
    const [missed, leaves]: [string[], string[]] = [[], []];
    forLeaves(kept as Tree, (path, value, set) => {
      leaves.push(path);
      set(changed(value));
      const isFound = compareWithDerived(kept, derived).difference !== null;
      set(value);
      counts.all++;
      counts.found += Number(isFound);
      counts.noise += Number(!isFound && isNoise(path, value));
      if (!isFound && !isNoise(path, value)) missed.push(path);
    });
    expect(missed).toEqual([]);
    expect(compared).toBe(leaves.length);

    // Other weights than those the result is of, by a tenth of each.
    const moved = conditions.map(movedEnd);
    const otherwise = await analysis.derived(contextOf(moved), spec, tensorsOf(kept));
    const isOther = compareWithDerived(kept, otherwise).difference !== null;
    const isFound = isOther || (await analysis.recheck(contextOf(moved), spec, kept)).some(isOff);
    // Where the input is no plane, there are no boundaries to be others.
    expect(isFound).toBe(splitResult(kept).tensors.size > 0);
  });

  it.each(Object.entries(analyses))('%s stops when it is told to', async (_, spec) => {
    const stopped = AbortSignal.abort(new Error('stop'));
    await expect(analysisOf(spec).run(contextOf(conditions, stopped), spec)).rejects.toThrow(
      'stop',
    );
  });
});

it('misses no number and no word of any result but for noise', () => {
  expect(counts.found + counts.noise).toBe(counts.all);
  expect(counts.all).toBeGreaterThan(3000);
  expect(counts.noise).toBeLessThan(10);
  console.info(`${counts.found} of ${counts.all} changes found, ${counts.noise} are noise`);
});
