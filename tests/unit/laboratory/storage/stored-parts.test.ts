import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import { standardState } from '../../../../src/laboratory/storage/standard-state.ts';
import { whatIsStored } from '../../../../src/laboratory/storage/stored-parts.ts';
import type { LabRun } from '../../../../src/laboratory/lab-run.ts';
import { training } from './a-training.ts';

const startWeights = Float32Array.of(1, 2);
const run: LabRun = {
  key: 'a',
  title: 'A',
  display: null,
  training,
  csv: 'of the run',
  startWeights,
  landscapeInPlane: null,
};
const stateOf = (input: object) => ({
  ...standardState(),
  experiment: parseExperiment(input, 'the test'),
});
const csvFor = (path: string) => (path === 'mine.csv' ? 'in the page' : null);

describe('what is kept', () => {
  it('is the run with its data and start', () => {
    const state = stateOf({});
    const kept = whatIsStored('all', { store: { state }, runs: () => [{ ...run, key: 'b' }, run] });
    expect(kept).toEqual({ state, csv: 'of the run', startWeights, training });
  });

  it('is the reader’s own file where nothing was trained on it yet', () => {
    const state = stateOf({ data: { kind: 'csv', path: 'mine.csv' } });
    const sources = { store: { state }, runs: () => [], csvFor };
    const kept = { state, csv: 'in the page', startWeights: null, training: null };
    expect(whatIsStored('all', sources)).toEqual(kept);
    expect(whatIsStored('without run', sources)).toEqual(kept);
    expect(whatIsStored('settings', sources)).toEqual({ ...kept, csv: null });
  });

  it('without the run leaves out files that the settings have no use for', () => {
    const state = stateOf({});
    const kept = whatIsStored('without run', { store: { state }, runs: () => [run], csvFor });
    expect(kept).toEqual({ state, csv: null, startWeights: null, training: null });
  });

  it('without the run keeps where it starts, if the settings start at a file', () => {
    const state = stateOf({ start: { path: 'w.safetensors' } });
    const kept = whatIsStored('without run', { store: { state }, runs: () => [run] });
    expect(kept).toEqual({ state, csv: null, startWeights, training: null });
  });
});
