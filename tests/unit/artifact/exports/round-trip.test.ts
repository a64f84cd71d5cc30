// What is taken away is computed again by `atlas run`: the first weights bit for bit, the end within rounding.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportedFiles } from '../../../../src/artifact/exports/export-files.ts';
import type { ExportedRun } from '../../../../src/artifact/exports/exported-run.ts';
import { decodeHistory } from '../../../../src/artifact/full-tensors.ts';
import { convergenceStatistics } from '../../../../src/landscape/statistics.ts';
import type { TrainingHistory } from '../../../../src/learning/history.ts';
import type { Trainer } from '../../../../src/learning/trainer.ts';
import { forked } from '../../../../src/laboratory/fork.ts';
import { runAtlas, temporaryFolder } from '../../precompute/run-atlas.ts';
import { trainedRun } from './trained-run.ts';

/**
 * Of losses, relative where they are above 1. Both run the same graphs on this processor, the laboratory's in one
 * call and the command's in another number of threads, so that only the order of additions may differ.
 */
const tolerance = 1e-4;

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

/** Writes the export as the zip unpacks, and runs its settings there. */
async function repeated(run: ExportedRun): Promise<TrainingHistory> {
  const here = join(folder.path, 'unpacked');
  for (const { name, make } of exportedFiles(run, 0)) {
    const content = make();
    if (content === null) continue;
    const path = join(here, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  const { status, stderr } = await runAtlas(
    ['run', 'experiment.json', '--out', 'artifacts', '--provider', 'cpu'],
    { cache: join(folder.path, 'cache'), cwd: here },
  );
  expect(status, stderr).toBe(0);
  const file = (name: string) => ({
    bytes: readFileSync(join(here, 'artifacts', run.experiment.name, name)),
    where: name,
  });
  return decodeHistory(file('weights.safetensors'), file('training.safetensors'));
}

function expectTheSame(again: TrainingHistory, run: ExportedRun): void {
  const { history } = run;
  const size = history.networks * history.parameters;
  expect(again.snapshots.subarray(0, size)).toEqual(history.snapshots.subarray(0, size));
  expect(again.curves.steps.at(-1)).toBe(history.curves.steps.at(-1));
  const last = (values: Float32Array | null) => values?.slice(-history.networks) ?? [];
  for (const quantity of ['trainLoss', 'testLoss'] as const) {
    const [theirs, ours] = [last(again.curves[quantity]), last(history.curves[quantity])];
    ours.forEach((loss, network) => {
      const gap = Math.abs((theirs[network] as number) - loss) / Math.max(1, Math.abs(loss));
      expect(gap, `${quantity} of network ${network}`).toBeLessThan(tolerance);
    });
  }
  expect(again.divergedAt).toEqual(history.divergedAt);
  const statistics = convergenceStatistics(again, run.experiment, again.divergedAt);
  expect(statistics.outcomeOf).toEqual(run.statistics.outcomeOf);
  for (const part of ['mean', 'median', 'standardDeviation'] as const)
    expect(Math.abs(statistics.trainLoss[part] - run.statistics.trainLoss[part])).toBeLessThan(
      tolerance,
    );
}

const small = {
  name: 'taken',
  data: { kind: 'moons', samples: 80 },
  hiddenSizes: [6],
  initialisations: 4,
  batchSize: 15,
  epochs: 10,
  snapshots: 5,
};
const toTheEnd = async (trainer: Trainer): Promise<void> => {
  while (await trainer.advance());
};
/** Some records, then another rate, twice; then more epochs than were asked for. */
const ledByHand = async (trainer: Trainer): Promise<void> => {
  for (let record = 0; record < 4; record++) await trainer.advance();
  trainer.setLearningRate(0.003);
  // Paused within an epoch, after single steps.
  await trainer.advance(1, false);
  await trainer.advance(1, false);
  trainer.setLearningRate(0.03);
  await trainer.advance();
  trainer.setEpochs(14);
  await toTheEnd(trainer);
};

describe('a run that is taken away', () => {
  it('is trained again by the command, as it was led: rates changed on the way, epochs added', async () => {
    const run = await trainedRun(
      { ...small, schedule: { kind: 'cosine' } },
      { hasLandscape: false, lead: ledByHand },
    );
    expect(run.experiment).toMatchObject({ epochs: 14 });
    expect(run.experiment.rateChanges).toHaveLength(2);
    expectTheSame(await repeated(run), run);
  });

  it('is trained again from where it was forked, with the other noise and optimiser', async () => {
    let weights = new Float32Array();
    const first = await trainedRun(small, {
      hasLandscape: false,
      lead: async (trainer) => {
        for (let record = 0; record < 5; record++) await trainer.advance();
        weights = Float32Array.from((await trainer.state()).weights);
      },
    });
    const settings = forked(
      first.experiment,
      { orderSeed: 7, optimiser: 'momentum' },
      'start.safetensors',
      0.01,
    );
    const run = await trainedRun(settings, {
      hasLandscape: false,
      startWeights: weights,
      lead: ledByHand,
    });
    const size = weights.length;
    expect(run.history.snapshots.subarray(0, size)).toEqual(weights);
    const again = await repeated(run);
    expectTheSame(again, run);
    // And it is the fork that was repeated: other batches lead elsewhere.
    const straight = await trainedRun(
      { ...settings, orderSeed: 8 },
      { hasLandscape: false, startWeights: weights, lead: ledByHand },
    );
    const end = run.history.curves.trainLoss.slice(-4);
    expect(straight.history.curves.trainLoss.slice(-4)).not.toEqual(end);
  });

  it('on a reader’s own table is trained again from the file beside the settings', async () => {
    const csv = `width,height,kind\n${Array.from(
      { length: 50 },
      (_, i) => `${Math.sin(i)},${Math.cos(3 * i)},${i % 3 ? 'oak' : 'elm'}`,
    ).join('\n')}\n`;
    const run = await trainedRun(
      { ...small, data: { kind: 'csv', path: 'C:\\my trees\\trees (1).csv' } },
      { hasLandscape: false, csv },
    );
    expectTheSame(await repeated(run), run);
  });

  it('on points placed by hand is trained again', async () => {
    const points = Array.from({ length: 24 }, (_, i) => [Math.sin(i) * 3, i / 7 - 1, i % 2]);
    const run = await trainedRun(
      { ...small, batchSize: 'full', data: { kind: 'points', points } },
      { hasLandscape: false },
    );
    expectTheSame(await repeated(run), run);
  });

  it('and was stopped is trained again to where it was stopped', async () => {
    const run = await trainedRun(
      { ...small, batchSize: 'full', epochs: 40, snapshots: 5, schedule: { kind: 'cosine' } },
      {
        hasLandscape: false,
        lead: async (trainer) => {
          for (let record = 0; record <= 20; record++) await trainer.advance();
        },
      },
    );
    expect(run.history.snapshotSteps).toEqual(Int32Array.of(0, 10, 20));
    expectTheSame(await repeated(run), run);
  });
});
