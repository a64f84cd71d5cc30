// Truth: a setting changes its one place, and leaves the original as it was.
import { describe, expect, it } from 'vitest';
import {
  ExperimentError,
  applySettings,
  parseExperiment,
} from '../../../src/learning/parse-experiment.ts';

describe('applySettings', () => {
  it('sets numbers, lists, truth values and bare words, deep or not, in order', () => {
    const input = { epochs: 1, data: { kind: 'moons', noise: 0.1 } };
    const changed = applySettings(input, [
      'epochs=20',
      'epochs=30',
      'data.noise=0.3',
      'hiddenSizes=[32,16]',
      'hiddenSizes.1=8',
      'activation=relu',
      'bias=false',
      'title=a = b',
      'grid.size=5',
    ]);
    expect(changed).toEqual({
      epochs: 30,
      data: { kind: 'moons', noise: 0.3 },
      hiddenSizes: [32, 8],
      activation: 'relu',
      bias: false,
      title: 'a = b',
      grid: { size: 5 },
    });
    expect(input).toEqual({ epochs: 1, data: { kind: 'moons', noise: 0.1 } });
  });

  it('sets what may be left out', () => {
    const changed = applySettings({ schedule: { kind: 'cosine' } }, [
      'orderSeed=7',
      'start.path=weights.safetensors',
      'schedule.overEpochs=10',
      'rateChanges=[{"step":5,"learningRate":0.1}]',
      'rateChanges.0.step=6',
    ]);
    expect(changed).toEqual({
      schedule: { kind: 'cosine', overEpochs: 10 },
      orderSeed: 7,
      start: { path: 'weights.safetensors' },
      rateChanges: [{ step: 6, learningRate: 0.1 }],
    });
    expect(() => parseExperiment(changed, 'x')).not.toThrow();
  });

  it('drops points with their kind, and a fall with its schedule', () => {
    const points = Array.from({ length: 8 }, (_, i) => [i, i, i % 2]);
    const input = { data: { kind: 'points', points }, schedule: { kind: 'cosine', overEpochs: 9 } };
    const changed = applySettings(input, ['data.kind=xor', 'schedule.kind=constant']);
    expect(changed).toEqual({ data: { kind: 'xor' }, schedule: { kind: 'constant' } });
  });

  it('drops what a new kind does not know, and keeps the rest', () => {
    const input = { data: { kind: 'circles', noise: 0.1, factor: 0.4, samples: 64 } };
    const changed = applySettings(input, ['data.kind=spirals', 'data.turns=2']);
    expect(changed).toEqual({ data: { kind: 'spirals', noise: 0.1, samples: 64, turns: 2 } });
    expect(() => parseExperiment(changed, 'x')).not.toThrow();
  });

  it('keeps the scale of an initialiser whose kind changes', () => {
    const input = { initialiser: { kind: 'zeros', scale: 3 } };
    expect(applySettings(input, ['initialiser.kind=he-normal'])).toEqual({
      initialiser: { kind: 'he-normal', scale: 3 },
    });
  });

  it('leaves what is nested thousands of levels deep to be refused in a sentence', () => {
    const deep = JSON.parse(`{"data":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_001)}`) as object;
    const changed = applySettings(deep, ['data.a=2', 'epochs=3']);
    expect(changed).toMatchObject({ data: { a: 2 }, epochs: 3 });
    expect(() => parseExperiment(applySettings(deep, ['epochs=3']), 'x.json')).toThrow(
      /nested 8 levels deep: expected no more than 3 \(x\.json\)$/,
    );
  });

  it.each([
    ['epochs', '"epochs" is not a setting: expected key=value, such as epochs=20 (--set)'],
    ['=3', '"=3" is not a setting: expected key=value, such as epochs=20 (--set)'],
    [
      'data..noise=1',
      '"data..noise" is not a setting: expected names joined by points, such as data.noise (--set)',
    ],
    [
      '__proto__.x=1',
      '"__proto__.x" is not a setting: expected names joined by points, such as data.noise (--set)',
    ],
    [
      'data.constructor.x=1',
      '"data.constructor.x" is not a setting: expected names joined by points, such as data.noise (--set)',
    ],
    ['epochs.x=1', 'epochs.x cannot be set: epochs is 5, not an object (--set)'],
  ])('refuses %s', (setting, message) => {
    expect(() => applySettings({ epochs: 5 }, [setting])).toThrow(new ExperimentError(message));
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});
