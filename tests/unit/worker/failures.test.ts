import { expect, test } from 'vitest';
import { ExperimentError } from '../../../src/learning/experiment-error.ts';
import { failureOf } from '../../../src/worker/failures.ts';
import { transferablesIn } from '../../../src/worker/transferables.ts';

test.each([
  [
    new RangeError('Array buffer allocation failed'),
    'memory',
    /no memory left.*fewer initialisations/,
  ],
  [new Error('std::bad_alloc'), 'memory', /no memory left/],
  [new TypeError('Failed to fetch'), 'download', /could not be loaded.*check the connection/],
  [
    new ExperimentError('epochs is 0: expected at least 1'),
    'experiment',
    /^epochs is 0: expected at least 1\.$/,
  ],
  ['odd', 'other', /ended with an error \(odd\); reset and train again\.$/],
])('%s becomes a sentence that says what to do', (error, kind, sentence) => {
  const failure = failureOf(error);
  expect(failure.kind).toBe(kind);
  expect(failure.sentence).toMatch(sentence);
});

test('whole buffers change hands, parts of a larger one are copied', () => {
  const whole = new Float32Array(4);
  const part = new Float32Array(8).subarray(2, 4);
  expect(transferablesIn({ a: [whole, whole], b: { part }, c: null })).toEqual([whole.buffer]);
});
