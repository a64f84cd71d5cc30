// The exported tensors hold the run, and our own readers and PyTorch's layout find it again.
import { describe, expect, it } from 'vitest';
import { exportedFiles } from '../../../../src/artifact/exports/export-files.ts';
import {
  dataFile,
  landscapeFile,
  startWeightsFile,
  stateDictFile,
  trainingFile,
  weightsFile,
} from '../../../../src/artifact/exports/tensor-files.ts';
import { finalWeights } from '../../../../src/artifact/exports/exported-run.ts';
import { decodeFullLandscape, decodeHistory } from '../../../../src/artifact/full-tensors.ts';
import { openWeights } from '../../../../src/artifact/open-weights.ts';
import { decodeSafetensors } from '../../../../src/artifact/safetensors.ts';
import { decodeStartWeights } from '../../../../src/artifact/start-weights.ts';
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import { trainedRun } from './trained-run.ts';

const settings = {
  data: { kind: 'blobs', samples: 60, features: 3 },
  hiddenSizes: [4, 4],
  residual: true,
  activation: 'gelu',
  epochs: 6,
  initialisations: 3,
  grid: { size: 5 },
};
const startWeights = Float32Array.from({ length: 3 * 51 }, (_, i) => Math.sin(i) / 2);
const run = await trainedRun(settings, { startWeights });
const named = (bytes: Uint8Array, where: string) => ({ bytes, where });

describe('tensors of an export', () => {
  it('are the history and the landscape again', () => {
    expect(
      decodeHistory(named(weightsFile(run), 'weights'), named(trainingFile(run), 'training')),
    ).toEqual(run.history);
    expect(decodeFullLandscape(named(landscapeFile(run)!, 'landscape'))).toEqual(
      run.landscapeInPlane,
    );
  });

  it('say what they hold, and the experiment', () => {
    for (const make of [weightsFile, trainingFile, landscapeFile, dataFile]) {
      const { metadata } = decodeSafetensors(make(run)!, 'a file');
      expect(metadata.get('holds')).toBeTruthy();
      const told = parseExperiment(JSON.parse(metadata.get('experiment')!) as object, 'a file');
      expect(told).toEqual({ ...run.experiment, start: { path: 'start.safetensors' } });
    }
    expect(decodeSafetensors(weightsFile(run), 'weights').metadata.get('layout')).toBe(
      'The P numbers of one network, row-major, a layer computes x @ W + b: layer 0: W [3, 4] at 0, b [4] at 12; layer 1: W [4, 4] at 16, b [4] at 32; layer 2: W [4, 3] at 36, b [3] at 48.',
    );
  });

  it('keep the start as the experiment reads it', async () => {
    const { values, networks } = await decodeStartWeights(startWeightsFile(run)!, {
      path: 'start.safetensors',
    });
    expect([networks, values]).toEqual([3, startWeights]);
  });

  it('keep the samples', () => {
    const { tensors } = decodeSafetensors(dataFile(run), 'data');
    expect(tensors.get('trainInputs')).toMatchObject({ shape: [run.data.train.count, 3] });
    expect(tensors.get('testLabels')?.values).toEqual(run.data.test.labels);
  });

  it('name one network as PyTorch does, and the laboratory opens it again', () => {
    const bytes = stateDictFile(run, 2);
    const { tensors } = decodeSafetensors(bytes, 'network');
    expect([...tensors].map(([name, { shape }]) => [name, shape]).sort()).toEqual([
      ['0.bias', [4]],
      ['0.weight', [4, 3]],
      ['2.bias', [4]],
      ['2.weight', [4, 4]],
      ['4.bias', [3]],
      ['4.weight', [3, 4]],
    ]);
    const flat = finalWeights(run, 2);
    // W[1, 2] of the first layer, inputs by outputs, is weight[2, 1].
    expect(tensors.get('0.weight')?.values[2 * 3 + 1]).toBe(flat[1 * 4 + 2]);
    const opened = openWeights(bytes, 'network', parseExperiment({}, 'a test'), run.data);
    expect(opened.weights).toEqual(flat);
    expect(opened.experiment).toMatchObject({ residual: true, activation: 'gelu' });
  });

  it('of all networks are opened again by the laboratory', () => {
    const opened = openWeights(weightsFile(run), 'weights', run.experiment, run.data);
    const size = 3 * run.history.parameters;
    expect(opened.weights).toEqual(run.history.snapshots.slice(-size));
  });
});

it('an export without a landscape leaves its files out', () => {
  const names = (each: typeof run) =>
    exportedFiles(each, 0)
      .filter(({ make }) => make() !== null)
      .map(({ name }) => name);
  const all = names(run);
  const without = names({ ...run, landscapeInPlane: null });
  expect(all.filter((name) => !without.includes(name))).toEqual([
    'landscape.safetensors',
    'grid.csv',
    'trajectories.csv',
  ]);
  expect(all).toContain('start.safetensors');
});
