// Two runs compared: in pairs where their networks began alike, as groups where not, diverged networks left out.
import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import { finalValues, runDifference } from '../../../../src/laboratory/compare/run-difference.ts';
import { settingsDifference } from '../../../../src/laboratory/compare/settings-difference.ts';
import type { LabRun } from '../../../../src/laboratory/lab-run.ts';

const networks = 6;

/** A run of two records whose last losses are given; `diverged` networks are marked so. */
function runOf(
  key: 'a' | 'b',
  losses: readonly number[],
  settings: object = {},
  diverged = -1,
): LabRun {
  const experiment = parseExperiment({ initialisations: networks, ...settings }, 'test');
  const trainLoss = Float32Array.from([...losses.map(() => 1), ...losses]);
  const curves = {
    steps: Int32Array.of(0, 10),
    epochs: Float32Array.of(0, 10),
    trainLoss,
    trainAccuracy: null,
    testLoss: null,
    testAccuracy: null,
    gradientNorm: trainLoss,
  };
  const divergedAt = Int32Array.from(losses, (_, n) => (n === diverged ? 5 : -1));
  const history = {
    networks,
    parameters: 3,
    curves,
    divergedAt,
    snapshotSteps: Int32Array.of(0),
    snapshots: new Float32Array(3 * networks),
  };
  const state = { step: 10, weights: new Float32Array(3 * networks), slots: [] };
  return {
    key,
    title: key,
    display: null,
    training: { experiment, state, history },
    csv: null,
    startWeights: null,
    landscapeInPlane: null,
  };
}

const losses = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
const lower = losses.map((loss) => loss - 0.05);

describe('runs that differ in the learning rate alone', () => {
  it('are compared network by network, and a constant difference has no spread', async () => {
    const found = await runDifference(
      runOf('a', losses),
      runOf('b', lower, { learningRate: 0.02 }),
    );
    const [loss] = found!.quantities;
    expect(found!.quantities).toHaveLength(1);
    expect(loss!.pairs!.meanDifference.value).toBeCloseTo(-0.05, 6);
    expect(loss!.pairs!.meanDifference.interval[1]).toBeCloseTo(-0.05, 6);
    expect(loss!.pairs!.shareLarger.value).toBe(0);
    // As groups the same difference drowns in the spread between starts.
    expect(loss!.groups.meanDifference.interval[1]).toBeGreaterThan(0);
  });
});

it('runs of another seed are compared as groups', async () => {
  const found = await runDifference(runOf('a', losses), runOf('b', lower, { seed: 7 }));
  expect(found!.quantities[0]!.pairs).toBeNull();
  expect(found!.pairing).toContain('did not begin');
});

it('starts of one seed are pairs whatever draws the data and the batches', async () => {
  const other = runOf('b', lower, { seed: 7, startSeed: 42 });
  expect((await runDifference(runOf('a', losses), other))!.quantities[0]!.pairs).not.toBeNull();
});

it('forks of the same weights are pairs, whatever their settings say', async () => {
  const start = Float32Array.of(1, 2, 3);
  const a = { ...runOf('a', losses), startWeights: start };
  const b = { ...runOf('b', lower, { seed: 7 }), startWeights: start.slice() };
  expect((await runDifference(a, b))!.quantities[0]!.pairs).not.toBeNull();
  const other = { ...b, startWeights: Float32Array.of(1, 2, 4) };
  expect((await runDifference(a, other))!.quantities[0]!.pairs).toBeNull();
});

it('leaves diverged networks out and counts them', async () => {
  const { training } = runOf('a', losses, {}, 2);
  const { curves, divergedAt } = training!.history;
  expect(Array.from(finalValues(curves, divergedAt, 'trainLoss')!)[2]).toBeNaN();
  const found = await runDifference(runOf('a', losses, {}, 2), runOf('b', lower));
  expect(found!.quantities[0]!.groups.a.missing).toBe(1);
  expect(found!.quantities[0]!.pairs!.missing).toBe(1);
});

it('names the settings that differ, and only those', () => {
  const a = parseExperiment({}, 'test');
  const b = parseExperiment({ learningRate: 0.1, optimiser: { kind: 'sgd' } }, 'test');
  expect(settingsDifference(a, b).map(({ label }) => label)).toEqual([
    'Optimiser',
    'Learning rate',
  ]);
  expect(settingsDifference(a, a)).toEqual([]);
});
