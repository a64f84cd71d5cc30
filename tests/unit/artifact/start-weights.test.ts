// Truth: the weights of the file, whole and finite, or one sentence that says what is there instead.
import { describe, expect, it } from 'vitest';
import { ArtifactError } from '../../../src/artifact/artifact-error.ts';
import { encodeWeights } from '../../../src/artifact/full-tensors.ts';
import { encodeSafetensors, stored } from '../../../src/artifact/safetensors.ts';
import {
  checkStartWeights,
  decodeStartWeights,
  weightsHash,
} from '../../../src/artifact/start-weights.ts';
import { ExperimentError } from '../../../src/learning/experiment-error.ts';
import { history } from './a-run.ts';

const weights = Float32Array.of(1, -0, 2.5, 3, 4, 5);
const decode = (tensors: Parameters<typeof encodeSafetensors>[0], tensor?: string) =>
  decodeStartWeights(encodeSafetensors(tensors), {
    path: 'w.safetensors',
    ...(tensor ? { tensor } : {}),
  });

describe('decodeStartWeights', () => {
  it('takes the final weights of a run where nothing else is named', async () => {
    const bytes = encodeWeights(history);
    const { networks, parameters } = history;
    const size = networks * parameters;
    const final = await decodeStartWeights(bytes, { path: 'w' });
    expect(final).toMatchObject({ networks, parameters, values: history.snapshots.slice(-size) });
    const initial = await decodeStartWeights(bytes, { path: 'w', tensor: 'initial' });
    expect(initial.values).toEqual(history.snapshots.slice(0, size));
  });

  it('hashes the values and nothing else, every bit of them', async () => {
    const one = await decode({ final: stored(weights, [2, 3]) });
    const two = await decode({ a: stored(weights, [2, 3]), b: stored(Int32Array.of(1), [1]) }, 'a');
    expect(two.sha256).toBe(one.sha256);
    expect(await weightsHash(weights.map((weight) => weight + 0))).not.toBe(one.sha256);
  });

  it.each([
    [
      'no such tensor',
      { initial: stored(weights, [2, 3]) },
      'start.tensor is "final": expected the name of a tensor that is in the file, of "initial" (w.safetensors)',
    ],
    [
      'no tensor at all',
      {},
      'start.tensor is "final": expected the name of a tensor that is in the file, of none (w.safetensors)',
    ],
    [
      'another type',
      { final: stored(Float64Array.from(weights), [2, 3]) },
      'the tensor "final" is F64 [2, 3]: expected F32 [networks, weights of each] to start from (w.safetensors)',
    ],
    [
      'another rank',
      { final: stored(weights, [6]) },
      'the tensor "final" is F32 [6]: expected F32 [networks, weights of each] to start from (w.safetensors)',
    ],
    [
      'no network',
      { final: stored(new Float32Array(0), [0, 3]) },
      'the tensor "final" is F32 [0, 3]: expected F32 [networks, weights of each] to start from (w.safetensors)',
    ],
    [
      'a network that diverged',
      { final: stored(Float32Array.of(1, 2, 3, 4, NaN, 6), [2, 3]) },
      'the tensor "final" has NaN for weight 1 of network 1: expected finite numbers to start from (w.safetensors)',
    ],
  ] as const)('refuses a file with %s', async (_, tensors, message) => {
    await expect(decode(tensors)).rejects.toThrow(new ExperimentError(message));
  });

  it('refuses what is no such file', async () => {
    const bytes = new TextEncoder().encode('weights, honestly');
    await expect(decodeStartWeights(bytes, { path: 'w.safetensors' })).rejects.toThrow(
      ArtifactError,
    );
  });
});

describe('checkStartWeights', () => {
  const network = { sizes: [1, 1], activation: 'tanh', residual: false, bias: true } as const;
  const start = { values: weights, networks: 3, parameters: 2, sha256: '' };
  const experiment = { name: 'mine', initialisations: 3, start: { path: 'w.safetensors' } };

  it('takes as many of such networks as are trained', () => {
    expect(() => checkStartWeights(start, experiment, network)).not.toThrow();
  });

  it.each([
    ['fewer networks', { ...experiment, initialisations: 2 }, network, '2 of 2, which 1-1 has'],
    ['larger networks', experiment, { ...network, sizes: [1, 2, 1] }, '3 of 7, which 1-2-1 has'],
  ])('refuses %s', (_, other, shape, expected) => {
    expect(() => checkStartWeights(start, other, shape)).toThrow(
      new ExperimentError(
        `start.path is "w.safetensors": it holds 3 networks of 2 weights, and expected were ${expected}; change initialisations or hiddenSizes, or name another file (experiment mine)`,
      ),
    );
  });
});
