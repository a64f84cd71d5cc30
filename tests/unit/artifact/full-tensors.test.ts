import { describe, expect, it } from 'vitest';
import {
  decodeFullLandscape,
  decodeHistory,
  encodeFullLandscape,
  encodeTraining,
  encodeWeights,
} from '../../../src/artifact/full-tensors.ts';
import { decodeSafetensors, encodeSafetensors, stored } from '../../../src/artifact/safetensors.ts';
import { history, landscape, plane } from './a-run.ts';

const weights = { bytes: encodeWeights(history), where: 'weights' };
const training = { bytes: encodeTraining(history), where: 'training' };

describe('the full tensors', () => {
  it('give back a training history exactly, NaN and negative zero included', () => {
    const decoded = decodeHistory(weights, training);
    expect(decoded).toEqual(history);
    expect(Object.is(decoded.snapshots[5], -0)).toBe(true);
  });

  it('give back a landscape and its plane exactly', () => {
    const decoded = decodeFullLandscape({
      bytes: encodeFullLandscape(landscape, plane),
      where: 'landscape',
    });
    expect(decoded).toEqual({ landscape, plane });
  });

  it('keep first and last weights under names of their own', () => {
    const { tensors } = decodeSafetensors(weights.bytes, 'weights');
    const size = history.networks * history.parameters;
    expect(tensors.get('initial')?.values).toEqual(history.snapshots.slice(0, size));
    expect(tensors.get('final')?.values).toEqual(history.snapshots.slice(-size));
  });

  it('name the tensor that is missing, and the one that has another shape', () => {
    const none = { bytes: encodeSafetensors({}), where: 'weights' };
    expect(() => decodeHistory(none, training)).toThrow(/weights lacks the tensor "snapshots"/);
    const other = encodeSafetensors({
      steps: stored(Int32Array.of(0), [1]),
      epochs: stored(Int32Array.of(0), [1]),
    });
    expect(() => decodeHistory(weights, { bytes: other, where: 'training' })).toThrow(
      /training: tensor "divergedAt"|training lacks the tensor "divergedAt"/,
    );
  });
});
