// Whether the page's copy of an analysis's result shows the result: its tensors, but for their rounding.
import type { NumericArray } from '../landscape/analyses/numeric-array.ts';
import { ArtifactError } from './artifact-error.ts';
import { decodeShownTensors, encodeShownTensors, stepsOf } from './result-tensors.ts';
import { splitResult } from './result-tree.ts';

/**
 * @param result as pages draw it, made from the full tensors.
 * @param shown the page's file, unzipped.
 * @throws ArtifactError that names the first tensor which differs.
 */
export function checkShown(result: unknown, shown: Uint8Array, where: string): void {
  const { tensors } = splitResult(result);
  const shownAt = decodeShownTensors(shown, where);
  const expectedAt = decodeShownTensors(encodeShownTensors(tensors), where);
  for (const [name, tensor] of tensors) {
    const [told, expected] = [shownAt(name), expectedAt(name)];
    if (told === expected) continue;
    const fits = told && expected && told.shape.join() === expected.shape.join();
    const other = fits ? firstDifference(told.values, expected.values, tensor) : 0;
    if (other < 0) continue;
    const numberAt = (tensor: NumericArray | null) => tensor?.values[other] ?? 'nothing';
    throw new ArtifactError(
      `${where}: the page would show ${numberAt(told)} at ${name}[${other}] where the result has ${numberAt(expected)}; run the experiment again`,
    );
  }
}

function firstDifference(told: Float32Array, expected: Float32Array, tensor: NumericArray): number {
  const steps = stepsOf(tensor);
  const near = steps !== null && tensor.scaling === 'log' ? oneCode(expected, steps) : 0;
  return told.findIndex((value, i) => {
    const other = expected[i] as number;
    return !(Object.is(value, other) || Math.abs(value - other) <= near * Math.abs(other));
  });
}

/** The relative distance of two codes: another machine's logarithm may fall on the next one. All else rounds alike. */
function oneCode(values: Float32Array, steps: number): number {
  let [lowest, highest] = [Infinity, 0];
  for (const value of values) {
    if (!(value > 0 && value < Infinity)) continue;
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  return highest > lowest ? Math.expm1((1.01 * Math.log(highest / lowest)) / steps) : 0;
}
