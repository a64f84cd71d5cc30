// Truth: the layer sizes counted by hand.
import { describe, expect, it } from 'vitest';
import { networkShapeOf } from '../../../src/learning/network-of.ts';
import { layerLayouts, parameterCount } from '../../../src/learning/network-shape.ts';
import { parseExperiment } from '../../../src/learning/parse-experiment.ts';

describe('networkShapeOf', () => {
  it('puts the hidden layers between features and outputs', () => {
    const experiment = parseExperiment({ hiddenSizes: [32], data: { kind: 'digits' } }, 'x');
    const network = networkShapeOf(experiment, { features: 64, outputs: 10 });
    expect(network).toEqual({
      sizes: [64, 32, 10],
      activation: 'tanh',
      residual: false,
      bias: true,
    });
    expect(parameterCount(network)).toBe(64 * 32 + 32 + 32 * 10 + 10);
    expect(layerLayouts(network)[1]).toEqual({
      inputs: 32,
      outputs: 10,
      weightOffset: 2080,
      biasOffset: 2400,
    });
  });
});
