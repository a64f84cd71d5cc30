// The exported settings mean exactly the run, and name nothing that goes without saying.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportKinds, exportName } from '../../../../src/artifact/exports/catalogue.ts';
import {
  csvName,
  experimentFile,
  experimentToRepeat,
  neededSettings,
  plainJson,
} from '../../../../src/artifact/exports/experiment-file.ts';
import type { ExportedRun } from '../../../../src/artifact/exports/exported-run.ts';
import { activations, initialisers, losses } from '../../../../src/learning/experiment.ts';
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import { trainedRun } from './trained-run.ts';

const small = { data: { kind: 'moons', samples: 40 }, initialisations: 2, hiddenSizes: [3] };
const parsed = (settings: object) => parseExperiment(settings, 'a test');

describe('the settings of an export', () => {
  it('mean the experiment, whatever it is', () => {
    const settings = fc.record(
      {
        name: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/),
        title: fc.string({ maxLength: 40 }),
        data: fc.constantFrom(
          { kind: 'moons', noise: 0.3 },
          { kind: 'blobs', classes: 4 },
          { kind: 'csv', path: 'a.csv', labelColumn: 0 },
          { kind: 'points', points: Array.from({ length: 8 }, (_, i) => [i / 3, 1 - i, i % 2]) },
        ),
        hiddenSizes: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 3 }),
        activation: fc.constantFrom(...activations),
        residual: fc.boolean(),
        bias: fc.boolean(),
        loss: fc.constantFrom(...losses),
        initialiser: fc.record({ kind: fc.constantFrom(...initialisers) }),
        optimiser: fc.constantFrom(
          { kind: 'sgd' },
          { kind: 'adam', beta1: 0.5 },
          { kind: 'nesterov' },
        ),
        schedule: fc.constantFrom({ kind: 'constant' }, { kind: 'cosine', finalFraction: 0.1 }),
        learningRate: fc.double({ min: 1e-6, max: 1, noNaN: true }),
        epochs: fc.integer({ min: 1, max: 300 }),
        seed: fc.nat(),
        grid: fc.record({ size: fc.integer({ min: 2, max: 401 }) }),
      },
      { requiredKeys: ['name'] },
    );
    fc.assert(
      fc.property(settings, (written) => {
        const experiment = parsed(written);
        const needed = neededSettings(experiment);
        expect(parsed(JSON.parse(plainJson(needed)) as object)).toEqual(experiment);
        // Nothing is named that could be left out.
        for (const key of Object.keys(needed).filter((each) => each !== 'name')) {
          const { [key]: _, ...without } = needed;
          let means: unknown = null;
          try {
            means = parsed(without);
          } catch {
            // It cannot be left out.
          }
          expect(means).not.toEqual(experiment);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('of the classic experiment are its name', () => {
    expect(neededSettings(parsed({}))).toEqual({ name: 'custom' });
  });

  it('keep points on a line each', () => {
    expect(
      plainJson({
        points: [
          [1.5, -2e-7, 0],
          [3, 4, 1],
        ],
        name: '[1, 2]',
      }),
    ).toBe('{\n  "points": [\n    [1.5, -2e-7, 0],\n    [3, 4, 1]\n  ],\n  "name": "[1, 2]"\n}');
  });

  it('of a run stopped at the end of an epoch ask for so many epochs, with the rates as they were', async () => {
    const run = await trainedRun(
      { ...small, epochs: 30, schedule: { kind: 'cosine' } },
      {
        hasLandscape: false,
        lead: async (trainer) => {
          for (let record = 0; record <= 12; record++) await trainer.advance();
        },
      },
    );
    const stopped = endingAt(run, 12);
    expect(experimentToRepeat(stopped)).toMatchObject({
      epochs: 12,
      schedule: { kind: 'cosine', overEpochs: 30 },
    });
    expect(experimentToRepeat(stopped).snapshots).toBeLessThanOrEqual(13);
    expect(() => parsed(JSON.parse(experimentFile(stopped)) as object)).not.toThrow();
  });

  it('of a run stopped within an epoch ask for the whole', async () => {
    const run = await trainedRun(
      { ...small, batchSize: 10, epochs: 6, snapshots: 4 },
      { hasLandscape: false },
    );
    expect(experimentToRepeat(endingAt(run, 7)).epochs).toBe(6);
    expect(experimentToRepeat(endingAt(run, 6)).epochs).toBe(2);
  });

  it('name the file of the weights where training began', async () => {
    const startWeights = new Float32Array(2 * 17).fill(0.1);
    const run = await trainedRun(small, { hasLandscape: false, startWeights });
    expect(JSON.parse(experimentFile(run))).toMatchObject({ start: { path: 'start.safetensors' } });
    const drawn = { ...run, startWeights: null };
    expect(JSON.parse(experimentFile(drawn))).not.toHaveProperty('start');
  });
});

describe('the name of the reader’s file', () => {
  const nameFor = (path: string) => csvName(parsed({ data: { kind: 'csv', path } }));

  it('is its own where that is safe', () => {
    expect(nameFor('trees.csv')).toBe('trees.csv');
    expect(nameFor('my data (2).tsv')).toBe('my data (2).tsv');
    expect(csvName(parsed({}))).toBeNull();
  });

  it('is never a path, never taken, and always a table’s, whatever it was', () => {
    const taken = exportKinds.map(({ key }) => exportName(key, 0));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ minLength: 1, unit: 'grapheme' }),
          fc.constantFrom(
            'README.txt',
            'con.csv',
            'Nul',
            'curves.csv',
            'CURVES.CSV',
            '../../etc/passwd',
            'C:\\a\\b.csv',
            '...',
          ),
        ),
        (path) => {
          const name = nameFor(path)!;
          expect(name).toMatch(/\.(csv|tsv|txt)$/i);
          expect(name).not.toMatch(/[/\\:*?"<>|\0]|^\./);
          expect(name).not.toMatch(/^(con|nul)\./i);
          expect([...taken, 'readme.txt']).not.toContain(name.toLowerCase());
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** The run as if it had been stopped after so many steps. */
function endingAt(run: ExportedRun, step: number): ExportedRun {
  const { history } = run;
  const size = history.networks * history.parameters;
  return {
    ...run,
    history: {
      ...history,
      snapshotSteps: Int32Array.of(0, step),
      snapshots: history.snapshots.slice(0, 2 * size),
    },
  };
}
