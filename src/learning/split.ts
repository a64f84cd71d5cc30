// Parts the samples into training and test, class by class.
import type { RandomStream } from './random.ts';

export interface Split {
  /** Row numbers, in shuffled order. */
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/**
 * Stratified: every class gives the same share to the test part, up or down to a whole sample, and keeps
 * at least one for training; a class of one is therefore never tested on. By largest remainder the test
 * part has round(count * testFraction) samples, or fewer where a class can spare none.
 */
export function stratifiedSplit(
  labels: Int32Array,
  classes: number,
  testFraction: number,
  stream: RandomStream,
): Split {
  const order = stream.shuffle(Int32Array.from(labels, (_, i) => i));
  const left = testQuotas(labels, classes, testFraction);
  const train: number[] = [];
  const test: number[] = [];
  for (const row of order) {
    const label = labels[row] as number;
    if ((left[label] as number) > 0) {
      left[label] = (left[label] as number) - 1;
      test.push(row);
    } else train.push(row);
  }
  return { train: Int32Array.from(train), test: Int32Array.from(test) };
}

/** Test samples of each class. */
function testQuotas(labels: Int32Array, classes: number, testFraction: number): number[] {
  const sizes = new Array<number>(classes).fill(0);
  for (const label of labels) sizes[label] = (sizes[label] as number) + 1;
  const most = sizes.map((size) => Math.max(0, size - 1));
  const quotas = sizes.map((size, c) =>
    Math.min(Math.floor(size * testFraction), most[c] as number),
  );
  const remainder = (c: number) => (sizes[c] as number) * testFraction - (quotas[c] as number);
  const byRemainder = sizes.map((_, c) => c).sort((a, b) => remainder(b) - remainder(a) || a - b);
  let missing = Math.round(labels.length * testFraction) - quotas.reduce((a, b) => a + b, 0);
  for (const c of byRemainder) {
    if (missing <= 0 || remainder(c) <= 0) break;
    if ((quotas[c] as number) >= (most[c] as number)) continue;
    quotas[c] = (quotas[c] as number) + 1;
    missing -= 1;
  }
  return quotas;
}
