// Copies of runs: in the same order a copy takes the run's own steps, in another one its own, from the moment they part.
import { beforeAll, describe, expect, it } from 'vitest';
import { trainForks } from '../../../../src/landscape/paths/forks.ts';
import { experimentSchema } from '../../../../src/learning/experiment.ts';
import type { Condition } from '../../../../src/landscape/analyses/analysis.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';
import { trainCondition } from '../../../fixtures/trained-condition.ts';

const executor = await cpuExecutor();

describe.each(['sgd', 'adam'] as const)('forks of a run by %s', (kind) => {
  let condition: Condition;
  beforeAll(async () => {
    const experiment = experimentSchema.parse({
      name: 'small',
      data: { kind: 'moons', samples: 64, noise: 0.2 },
      hiddenSizes: [6],
      optimiser: { kind },
      learningRate: 0.05,
      batchSize: 16,
      epochs: 8,
      initialisations: 3,
      snapshots: 3,
      seed: 5,
    });
    condition = await trainCondition({ key: 'small', title: 'small', experiment }, executor);
  });

  const fork = (epochs: readonly number[], orderSeed: number): Promise<Float32Array> =>
    trainForks({
      experiment: condition.experiment,
      data: condition.data,
      executor,
      starts: condition.initial,
      networks: 3,
      epochs,
      orderSeed,
      signal: new AbortController().signal,
      onProgress: () => {},
    });

  it('end where the run ends if the order is its own, bit for bit', async () => {
    const ends = await fork([0, 3, 7], 5);
    const one = condition.final.length;
    for (const f of [0, 1, 2])
      expect(ends.subarray(f * one, (f + 1) * one)).toEqual(condition.final);
  });

  it('end elsewhere in another order, the nearer the later they part', async () => {
    const ends = await fork([0, 7], 6);
    const one = condition.final.length;
    const [early, late] = [0, 1].map((f) =>
      Math.hypot(...condition.final.map((weight, i) => weight - ends[f * one + i]!)),
    );
    expect(late!).toBeGreaterThan(0);
    expect(early!).toBeGreaterThan(late!);
  });
});
