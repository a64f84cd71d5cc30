// Whether the page's copy of an analysis's result shows the result: its tensors, but for their rounding.
import type { NumericArray } from '../landscape/analyses/numeric-array.ts';
import { ArtifactError } from './artifact-error.ts';
import { decodeShownTensors, encodeShownTensors } from './result-tensors.ts';
import { splitResult } from './result-tree.ts';

/**
 * @param result complete, as decoded from the full tensors.
 * @param shown the page's file, unzipped.
 * @throws ArtifactError that names the first tensor which differs.
 */
export function checkShown(result: unknown, shown: Uint8Array, where: string): void {
  const { tensors } = splitResult(result);
  const shownAt = decodeShownTensors(shown, where);
  const expectedAt = decodeShownTensors(encodeShownTensors(tensors), where);
  for (const [name, { scaling }] of tensors) {
    const [told, expected] = [shownAt(name), expectedAt(name)];
    if (told === expected) continue;
    const fits = told && expected && told.shape.join() === expected.shape.join();
    const other = fits ? firstDifference(told.values, expected.values, scaling) : 0;
    if (other < 0) continue;
    const numberAt = (tensor: NumericArray | null) => tensor?.values[other] ?? 'nothing';
    throw new ArtifactError(
      `${where}: the page would show ${numberAt(told)} at ${name}[${other}] where the result has ${numberAt(expected)}; run the experiment again`,
    );
  }
}

/** Another machine's logarithm may fall on the next code, at most so far off; all else rounds alike everywhere. */
const nextCode = 5e-3;

function firstDifference(
  told: Float32Array,
  expected: Float32Array,
  scaling: NumericArray['scaling'],
): number {
  return told.findIndex((value, i) => {
    const other = expected[i] as number;
    const isNear = scaling === 'log' && Math.abs(value - other) <= nextCode * Math.abs(other);
    return !(isNear || Object.is(value, other));
  });
}
