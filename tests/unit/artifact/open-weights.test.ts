// Truth: the layout that nn.Linear documents (y = x W' + b), IEEE 754 for 16-bit numbers, and the layout of the article's own files.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArtifactError } from '../../../src/artifact/artifact-error.ts';
import { widened } from '../../../src/artifact/half-precision.ts';
import { openWeights, type DataSizes } from '../../../src/artifact/open-weights.ts';
import { encodeSafetensors, stored, type StoredTensor } from '../../../src/artifact/safetensors.ts';
import type { Experiment } from '../../../src/learning/experiment.ts';
import { networkShapeOf } from '../../../src/learning/network-of.ts';
import { layerLayouts, parameterCount } from '../../../src/learning/network-shape.ts';
import { parseExperiment } from '../../../src/learning/parse-experiment.ts';

const plane: DataSizes = { features: 2, outputs: 2 };
const standard = parseExperiment({ hiddenSizes: [5], activation: 'relu' }, 'test');
const open = (bytes: Uint8Array, experiment: Experiment = standard, data = plane) =>
  openWeights(bytes, 'net.safetensors', experiment, data);

/** Values that a float32 holds exactly and that differ from one another. */
const ramp = (count: number, from = 0): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => (from + i) / 8);

/** A state dict of 2-3-2 under any names. */
const dict = (first: string, second: string): Record<string, StoredTensor> => ({
  [`${first}.weight`]: stored(ramp(6), [3, 2]),
  [`${first}.bias`]: stored(ramp(3, 50), [3]),
  [`${second}.weight`]: stored(ramp(6, 100), [2, 3]),
  [`${second}.bias`]: stored(ramp(2, 150), [2]),
});

/** What nn.Linear computes: x @ weight.T + bias. */
const linear = (weight: Float32Array, bias: Float32Array, x: readonly number[]): number[] =>
  Array.from(bias, (b, o) =>
    x.reduce((sum, value, i) => sum + value * weight[o * x.length + i]!, b),
  );

/** What our layout computes: x @ W + b. */
function ours(flat: Float32Array, experiment: Experiment, layer: number, x: readonly number[]) {
  const { outputs, weightOffset, biasOffset } = layerLayouts(networkShapeOf(experiment, plane))[
    layer
  ]!;
  return Array.from({ length: outputs }, (_, o) =>
    x.reduce(
      (sum, value, i) => sum + value * flat[weightOffset + i * outputs + o]!,
      biasOffset === null ? 0 : flat[biasOffset + o]!,
    ),
  );
}

describe('a state dict of PyTorch', () => {
  it.each([
    ['0', '2'],
    ['layers.0', 'layers.10'],
    ['net.0', 'net.2'],
    ['fc1', 'fc2'],
    ['model.hidden', 'model.out'],
  ])('named %s and %s becomes the network that it was', (first, second) => {
    const { experiment, weights, summary } = open(encodeSafetensors(dict(first, second)));
    expect(experiment).toEqual({ ...standard, hiddenSizes: [3], bias: true, initialisations: 1 });
    const x = [0.5, -2];
    expect(ours(weights, experiment, 0, x)).toEqual(linear(ramp(6), ramp(3, 50), x));
    const hidden = [1, -0.25, 3];
    expect(ours(weights, experiment, 1, hidden)).toEqual(
      linear(ramp(6, 100), ramp(2, 150), hidden),
    );
    expect(summary).toBe('one network of net.safetensors (2-3-2)');
  });

  it('of several networks in a stack is each of them', () => {
    const [a, b] = [ramp(6), ramp(6, 900)];
    const file = encodeSafetensors({
      '0.weight': stored(Float32Array.from([...a, ...b]), [2, 3, 2]),
      '2.weight': stored(Float32Array.from([...b, ...a]), [2, 2, 3]),
    });
    const { experiment, weights } = open(file);
    expect(experiment).toMatchObject({ initialisations: 2, hiddenSizes: [3], bias: false });
    const second = weights.subarray(12);
    expect(ours(second, experiment, 0, [1, 2])).toEqual(linear(b, new Float32Array(3), [1, 2]));
    expect(ours(second, experiment, 1, [1, 2, 4])).toEqual(
      linear(a, new Float32Array(2), [1, 2, 4]),
    );
  });

  it('may be a linear classifier, in double precision', () => {
    const file = encodeSafetensors({
      weight: stored(Float64Array.of(1, 2, 3, 4), [2, 2]),
      bias: stored(Float64Array.of(5, 6), [2]),
    });
    const { experiment, weights } = open(file);
    expect(experiment.hiddenSizes).toEqual([]);
    expect([...weights]).toEqual([1, 3, 2, 4, 5, 6]);
  });

  it('may hold numbers of 16 bits', () => {
    // 1, -2, 0.5 and 65504 (the largest) in half precision; 1, -2, 0.5 and 3 in bfloat16.
    const halves = [
      ['F16', [0x3c00, 0xc000, 0x3800, 0x7bff], [1, -2, 0.5, 65504]],
      ['BF16', [0x3f80, 0xc000, 0x3f00, 0x4040], [1, -2, 0.5, 3]],
    ] as const;
    for (const [type, bits, [a, b, c, d]] of halves) {
      const words = encodeSafetensors({ weight: stored(Uint16Array.from(bits), [2, 2]) });
      const { weights } = open(renamed(words, '"U16"', `"${type}"`));
      expect([...weights]).toEqual([a, c, b, d]);
    }
  });

  it('reads every number of 16 bits as IEEE 754 and as bfloat16 have it', () => {
    const all = Uint16Array.from({ length: 65_536 }, (_, i) => i);
    const half = widened(all, 'F16');
    expect(half[1]).toBe(2 ** -24);
    expect(half[0x3ff]).toBe(1023 * 2 ** -24);
    expect(half[0x400]).toBe(2 ** -14);
    expect(half[0x8000]).toBe(-0);
    expect([half[0x7c00], half[0xfc00], half[0x7c01]]).toEqual([Infinity, -Infinity, NaN]);
    // Finite ones grow with their bits.
    for (let i = 1; i < 0x7c00; i++) expect(half[i]! > half[i - 1]!).toBe(true);
    expect(widened(Uint16Array.of(0x3eab, 0xff80), 'BF16')).toEqual(
      Float32Array.of(0.333984375, -Infinity),
    );
  });
});

describe('a file of the atlas', () => {
  const parameters = parameterCount(networkShapeOf(standard, plane));
  const final = ramp(3 * parameters);

  it('gives its final weights as they lie', () => {
    const { experiment, weights, summary } = open(
      encodeSafetensors({
        initial: stored(ramp(3 * parameters, 7), [3, parameters]),
        final: stored(final, [3, parameters]),
        snapshotSteps: stored(Int32Array.of(0, 9), [2]),
      }),
    );
    expect(weights).toEqual(final);
    expect(experiment).toEqual({ ...standard, initialisations: 3 });
    expect(summary).toBe('3 networks of net.safetensors (2-5-2)');
  });

  it('gives the last of its snapshots', () => {
    const snapshots = Float32Array.from([...ramp(3 * parameters, 1), ...final]);
    const file = encodeSafetensors({ snapshots: stored(snapshots, [2, 3, parameters]) });
    expect(open(file).weights).toEqual(final);
  });

  it('says its own sizes and activation where it names its experiment', () => {
    const own = parseExperiment({ hiddenSizes: [4, 4], activation: 'gelu', bias: false }, 'test');
    const size = parameterCount(networkShapeOf(own, plane));
    const file = encodeSafetensors(
      { final: stored(ramp(size), [1, size]) },
      { experiment: JSON.stringify(own) },
    );
    expect(open(file).experiment).toMatchObject({
      hiddenSizes: [4, 4],
      activation: 'gelu',
      bias: false,
      initialisations: 1,
    });
  });

  it('goes without its diverged networks, and says so', () => {
    const broken = final.slice();
    broken[parameters + 1] = NaN;
    const file = encodeSafetensors({ final: stored(broken, [3, parameters]) });
    const { weights, summary, experiment } = open(file);
    expect(experiment.initialisations).toBe(2);
    expect([...weights]).toEqual([
      ...final.subarray(0, parameters),
      ...final.subarray(2 * parameters),
    ]);
    expect(summary).toContain('; 1 with weights that are not finite left out');
  });

  it('no longer starts where the settings said before', () => {
    const started = { ...standard, start: { path: 'start.safetensors' } };
    const file = encodeSafetensors({ final: stored(final, [3, parameters]) });
    expect(open(file, started).experiment).not.toHaveProperty('start');
  });
});

/** The same bytes with a word of the header changed and its length told anew. */
function renamed(bytes: Uint8Array, word: string, other: string): Uint8Array {
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = new TextDecoder().decode(bytes.subarray(8, 8 + length)).replaceAll(word, other);
  const text = new TextEncoder().encode(header);
  const file = new Uint8Array(8 + text.length + bytes.length - 8 - length);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  file.set(bytes.subarray(8 + length), 8 + text.length);
  return file;
}

describe('openWeights says', () => {
  const bytes = (tensors: Record<string, StoredTensor>) => encodeSafetensors(tensors);
  const { '0.bias': _, ...unevenly } = dict('0', '2');
  it.each<[string, Uint8Array, string]>([
    [
      'that it is no such file',
      new Uint8Array(3),
      "net.safetensors is not a usable safetensors file: it has 3 bytes where the header's length alone takes 8; save it again, as float32 numbers",
    ],
    [
      'that nothing is in it',
      bytes({}),
      'net.safetensors holds no tensor of floating-point numbers: expected the weights of a network (F32, F64, F16 or BF16)',
    ],
    [
      'that the data are others',
      bytes({ weight: stored(ramp(12), [3, 4]) }),
      'net.safetensors takes 4 features and gives 3 outputs where the chosen data have 2 and 2: choose the data that these networks were trained on, then open the file again',
    ],
    [
      'what does not belong',
      bytes({ ...dict('0', '2'), '1.running_mean': stored(ramp(3), [3]) }),
      'net.safetensors holds the tensor "1.running_mean", which is neither the weight nor the bias of a linear layer; save a network of linear layers alone',
    ],
    [
      'that layers are out of order',
      bytes({ '0.weight': stored(ramp(6), [3, 2]), '10.weight': stored(ramp(8), [2, 4]) }),
      'net.safetensors has layers that do not follow one another in the order of their names: "0" gives 3 numbers and "10" takes 4; name them in order, as nn.Sequential does',
    ],
    [
      'that a bias is missing',
      bytes(unevenly),
      'net.safetensors has biases in some layers and none in others: expected them in all or in none',
    ],
    [
      'that a weight is missing',
      bytes({ '0.bias': stored(ramp(2), [2]) }),
      'net.safetensors has a bias "0" without the weight that belongs to it',
    ],
    [
      'that a convolution is no linear layer',
      bytes({ '0.weight': stored(ramp(54), [2, 3, 3, 3]) }),
      'net.safetensors has a weight "0" of shape [2, 3, 3, 3]: expected [outputs, inputs], as nn.Linear has it',
    ],
    [
      'that a bias has another length',
      bytes({ weight: stored(ramp(4), [2, 2]), bias: stored(ramp(3), [3]) }),
      'net.safetensors has a bias "" of shape [3]: expected [2], one number for each output',
    ],
    [
      'which sizes would fit',
      bytes({ final: stored(ramp(52), [1, 52]) }),
      'net.safetensors has 52 weights a network where a network of 2-5-2 has 27: choose the data, hidden sizes and biases that these networks were trained with, then open the file again (one hidden layer of 10 would fit)',
    ],
    [
      'that all diverged',
      bytes({ final: stored(new Float32Array(27).fill(NaN), [1, 27]) }),
      'net.safetensors holds no network whose weights are all finite numbers: open one that did not diverge',
    ],
    [
      'that there are too many',
      bytes({ final: stored(new Float32Array(27 * 1001), [1001, 27]) }),
      'initialisations is 1001: expected at most 1000 (net.safetensors)',
    ],
    [
      'that a layer has no units',
      bytes({ weight: stored(new Float32Array(0), [0, 2]) }),
      'net.safetensors has a weight "" of shape [0, 2]: expected [outputs, inputs], as nn.Linear has it',
    ],
  ])('%s', (_, file, message) => {
    expect(() => open(file)).toThrow(new ArtifactError(message));
  });

  it('an ArtifactError and nothing else, whatever the bytes', () => {
    const whole = [
      encodeSafetensors(dict('0', '2')),
      encodeSafetensors(
        { final: stored(ramp(54), [2, 27]) },
        { experiment: JSON.stringify(standard) },
      ),
      renamed(
        encodeSafetensors({ weight: stored(Uint16Array.of(1, 2, 3, 4), [2, 2]) }),
        '"U16"',
        '"F16"',
      ),
    ];
    const file = fc.constantFrom(...whole);
    const mutated = fc
      .tuple(file, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 }))
      .map(([original, changes]) => {
        const copy = original.slice();
        for (const [at, value] of changes) copy[at % copy.length] = value;
        return copy;
      });
    const cut = fc
      .tuple(file, fc.nat())
      .map(([original, at]) => original.slice(0, at % original.length));
    const words = [
      'F32',
      'F16',
      'BF16',
      'I64',
      '[3,2]',
      '[2]',
      '[0,2]',
      '[1,3,2]',
      '[9007199254740991,2]',
      '0.bias',
      '2.weight',
      'final',
      '__proto__',
      '__metadata__',
      'experiment',
    ];
    const reworded = fc
      .tuple(file, fc.constantFrom(...words), fc.constantFrom(...words))
      .map(([original, word, other]) => renamed(original, word, other));
    const hostile = fc.oneof(mutated, mutated, cut, reworded, fc.uint8Array({ maxLength: 300 }));
    let opened = 0;
    fc.assert(
      fc.property(hostile, (bytes) => {
        try {
          const { experiment, weights } = open(bytes);
          opened += 1;
          const size = parameterCount(networkShapeOf(experiment, plane));
          expect(weights).toHaveLength(experiment.initialisations * size);
          expect(weights.every(Number.isFinite)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(ArtifactError);
          expect((error as Error).message).toMatch(/net\.safetensors/);
          expect((error as Error).message).not.toContain('\n');
        }
      }),
      { numRuns: 6_000 },
    );
    // The numbers of a file may well be others and the file still one.
    expect(opened).toBeGreaterThan(500);
  });
});
