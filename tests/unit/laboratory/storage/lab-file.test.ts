import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArtifactError } from '../../../../src/artifact/artifact-error.ts';
import {
  decodeSafetensors,
  encodeSafetensors,
  stored,
} from '../../../../src/artifact/safetensors.ts';
import {
  decodeLabFile,
  encodeLabFile,
  type LabFile,
} from '../../../../src/laboratory/storage/lab-file.ts';
import {
  decodeTrainingFile,
  trainingParts,
} from '../../../../src/laboratory/storage/training-file.ts';
import type { SavedTraining } from '../../../../src/worker/run/run-messages.ts';
import { encodeTrainingFile } from '../../../fixtures/encode-training-file.ts';
import { training } from './a-training.ts';

const whole: LabFile = {
  name: 'Fünfzig “moons”',
  link: 'v1.abc',
  csv: 'x,y,label\n1,2,ä\n',
  startWeights: Float32Array.from({ length: 24 }, (_, i) => i / 3),
  training,
};
const { tensors, metadata } = trainingParts(training);

/** The run's file with some of it replaced; undefined leaves a tensor out. */
function changed(
  other: Readonly<Record<string, ReturnType<typeof stored> | undefined>>,
  words: Readonly<Record<string, string>> = {},
): Uint8Array {
  const kept = Object.entries({ ...tensors, ...other }).flatMap(([name, tensor]) =>
    tensor ? [[name, tensor] as const] : [],
  );
  return encodeSafetensors(Object.fromEntries(kept), { ...metadata, ...words });
}

describe('the file of a run', () => {
  it('gives back the run bit for bit: weights, optimiser, curves, NaN and negative zero', () => {
    const found = decodeTrainingFile(encodeTrainingFile(training), 'the test');
    expect(found).toEqual(training);
    expect(Object.is(found.state.weights[0], -0)).toBe(true);
  });

  it('holds the weights of the moment as `final` [N, P], as every file of weights here', () => {
    const { tensors: found } = decodeSafetensors(encodeTrainingFile(training), 'the test');
    expect(found.get('final')?.shape).toEqual([2, 12]);
    expect(found.get('final')?.values).toEqual(training.state.weights);
  });

  it.each<[string, Uint8Array, RegExp]>([
    [
      'a slot of the optimiser is missing',
      changed({ optimiser1: undefined }),
      /lacks the tensor "optimiser1"/,
    ],
    ['the experiment is impossible', changed({}, { experiment: '{"epochs":0}' }), /epochs is 0/],
    [
      'there is no experiment',
      changed({}, { experiment: 'null' }),
      /no usable metadata "experiment"/,
    ],
    ['the step is no number', changed({}, { step: '"6"' }), /no usable metadata "step"/],
    ['records go beyond the step', changed({}, { step: '5' }), /goes on to step 6/],
    [
      'the networks are too few for the settings',
      changed({}, { experiment: JSON.stringify({ ...training.experiment, initialisations: 3 }) }),
      /weights of the state are 24 where 36/,
    ],
    [
      'the weights are those of another network',
      changed({}, { experiment: JSON.stringify({ ...training.experiment, hiddenSizes: [3] }) }),
      /weights of the state are 24 where 34/,
    ],
    [
      'records are out of order',
      changed({ steps: stored(Int32Array.of(0, 6, 3), [3]) }),
      /not in order/,
    ],
    [
      'it starts later',
      changed({ snapshotSteps: stored(Int32Array.of(1, 4), [2]) }),
      /first snapshot is not the start/,
    ],
    [
      'a network diverged in the future',
      changed({ divergedAt: stored(Int32Array.of(-1, 7), [2]) }),
      /never taken/,
    ],
  ])('is refused in one sentence where %s', (_, bytes, sentence) => {
    expect(() => decodeTrainingFile(bytes, 'my.safetensors')).toThrow(ArtifactError);
    expect(() => decodeTrainingFile(bytes, 'my.safetensors')).toThrow(sentence);
    expect(() => decodeTrainingFile(bytes, 'my.safetensors')).toThrow(/my\.safetensors/);
  });
});

describe('the file of an experiment', () => {
  it('gives back all that was put into it', () => {
    expect(decodeLabFile(encodeLabFile(whole), 'the test')).toEqual(whole);
  });

  it('gives back settings alone, in a few hundred bytes', () => {
    const plain = { ...whole, csv: null, startWeights: null, training: null };
    const bytes = encodeLabFile(plain);
    expect(bytes.length).toBeLessThan(300);
    expect(decodeLabFile(bytes, 'the test')).toEqual(plain);
  });

  it('gives back any name, link and data', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 100 }),
        fc.string(),
        fc.option(fc.string({ unit: 'grapheme' })),
        (name, link, csv) => {
          const file = { name, link, csv, startWeights: null, training: null };
          expect(decodeLabFile(encodeLabFile(file), 'the test')).toEqual(file);
        },
      ),
    ));

  it('sends weights that are nobody’s experiment to where they are opened', () => {
    const weights = encodeSafetensors({ final: stored(Float32Array.of(1), [1, 1]) });
    expect(() => decodeLabFile(weights, 'w.safetensors')).toThrow(
      'w.safetensors holds no experiment of this laboratory: expected a file that was saved here, under Keep; weights alone are opened under Data',
    );
  });

  it('refuses a start that is not that of its run', () => {
    const bytes = encodeLabFile({ ...whole, startWeights: Float32Array.of(1, 2) });
    expect(() => decodeLabFile(bytes, 'f')).toThrow(/starts at 2 weights where its run has 24/);
  });

  it('meets cut, changed and random bytes with an ArtifactError or an experiment, and nothing else', () => {
    const bytes = encodeLabFile(whole);
    const hostile = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.nat(bytes.length).map((end) => bytes.slice(0, end)),
      fc
        .array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
        .map((changes) => {
          const copy = bytes.slice();
          for (const [at, byte] of changes) copy[at] = byte;
          return copy;
        }),
    );
    let opened = 0;
    fc.assert(
      fc.property(hostile, (found) => {
        try {
          expectUsable(decodeLabFile(found, 'a file').training);
          opened++;
        } catch (error) {
          if (!(error instanceof ArtifactError)) throw error;
          expect(error.message).toContain('a file');
        }
      }),
      { numRuns: 5000 },
    );
    // Some changes hit a weight: both ways out were taken.
    expect(opened).toBeGreaterThan(100);
  });
});

/** Whatever was opened can be handed to a trainer. */
function expectUsable(found: SavedTraining | null): void {
  if (!found) return;
  const { state, history } = found;
  const size = found.experiment.initialisations * history.parameters;
  expect([state.weights.length, ...state.slots.map((slot) => slot.length)]).toEqual([
    size,
    size,
    size,
  ]);
  expect(history.snapshots.length).toBe(history.snapshotSteps.length * size);
  expect(Number.isSafeInteger(state.step)).toBe(true);
}
