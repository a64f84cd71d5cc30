// A fork begins with the weights of a moment and the rate of that moment; names of weights keep their meaning.
import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../../../src/learning/parse-experiment.ts';
import { RunInputStore } from '../../../src/laboratory/run-inputs.ts';
import { forked } from '../../../src/laboratory/fork.ts';
import { health } from '../../../src/laboratory/run-words.ts';

const plain = parseExperiment({ schedule: { kind: 'cosine' }, epochs: 50 }, 'test');
const same = { orderSeed: 7, optimiser: null };

describe('a fork', () => {
  it('keeps the settings, and begins where it is told, with batches in another order', () => {
    const fork = forked(plain, same, 'start.safetensors', 0.004);
    expect(fork).toEqual({ ...plain, orderSeed: 7, start: { path: 'start.safetensors' } });
  });

  it('goes on at the rate to which the reader changed, which had ended the schedule', () => {
    const changed = { ...plain, rateChanges: [{ step: 10, learningRate: 0.004 }] };
    const fork = forked(changed, same, 'start.safetensors', 0.004);
    expect(fork).not.toHaveProperty('rateChanges');
    expect(fork.learningRate).toBe(0.004);
    expect(fork.schedule).toEqual({ kind: 'constant' });
  });

  it('takes another optimiser with its usual settings', () => {
    const fork = forked(plain, { orderSeed: 1, optimiser: 'momentum' }, 'w', 0.01);
    expect(fork.optimiser).toEqual({ kind: 'momentum', momentum: 0.9 });
  });
});

describe('weights that are kept', () => {
  it('have a name of their own each, so that undone settings find theirs again', () => {
    const inputs = new RunInputStore(() => null);
    const [first, second] = [Float32Array.of(1), Float32Array.of(2)];
    const names = [first, second].map((weights) =>
      inputs.keepWeights('start.safetensors', weights),
    );
    expect(new Set(names).size).toBe(2);
    const found = names.map((path) => inputs.inputsOf({ ...plain, start: { path } }).startWeights);
    expect(found).toEqual([first, second]);
  });

  it('that are not in the page are asked for in a sentence, and so are tables', () => {
    const inputs = new RunInputStore((path) => (path === 'here.csv' ? 'a,b' : null));
    expect(() => inputs.inputsOf({ ...plain, start: { path: 'gone.safetensors' } })).toThrow(
      /gone\.safetensors, which is not in this page/,
    );
    const table = (path: string) => ({
      ...plain,
      data: { kind: 'csv', path, header: true } as const,
    });
    expect(() => inputs.inputsOf(table('gone.csv'))).toThrow(
      /gone\.csv, which is not in this page/,
    );
    expect(inputs.inputsOf(table('here.csv'))).toEqual({ csv: 'a,b', startWeights: null });
  });
});

describe('the health of a run', () => {
  it('names networks that diverged and counts silent units, and is silent of a sound run', () => {
    const none = { divergedAt: Int32Array.of(-1, -1, -1), silentUnits: Int32Array.of(0, 0, 0) };
    expect(health(none)).toBe('');
    const ill = { divergedAt: Int32Array.of(-1, 30, -1), silentUnits: Int32Array.of(2, 0, 1) };
    expect(health(ill)).toBe(
      '1 network diverged (1): the loss or a weight is no longer a finite number. ' +
        '3 hidden units in 2 networks (0, 2) are silent: the output is the same for every training point.',
    );
    const many = Int32Array.from({ length: 9 }, () => 4);
    expect(health({ divergedAt: many, silentUnits: null })).toContain(
      '0, 1, 2, 3, 4, 5 and 3 more',
    );
  });
});
