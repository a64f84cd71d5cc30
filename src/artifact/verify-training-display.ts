// Whether the page's samples and curves of a run of its own show them, but for their rounding.
import type { WholeCondition } from '../landscape/analyses/analysis.ts';
import { ArtifactError } from './artifact-error.ts';
import { decodeCurves, encodeCurves } from './display-curves.ts';
import { decodeData, encodeData } from './display-data.ts';
import { trainingDisplay, type TrainingPart } from './files.ts';
import { unzippedFile } from './unzipped-file.ts';

/** @throws ArtifactError at the first number that is not the run's. */
export async function checkTrainingDisplay(
  { data, history }: WholeCondition,
  read: (path: string) => Promise<Uint8Array>,
  folder: string,
): Promise<string> {
  const file = async (part: TrainingPart) => {
    const where = `${folder}/${trainingDisplay[part]}`;
    return { bytes: await unzippedFile(await read(trainingDisplay[part]), where), where };
  };
  const samples = await file('data');
  const told = decodeData(samples.bytes, data, samples.where);
  const expected = decodeData(encodeData(data), data, samples.where);
  compareArrays(told.train, expected.train, samples.where);
  compareArrays(told.test, expected.test, samples.where);
  const { bytes, where } = await file('curves');
  const curves = decodeCurves(encodeCurves(history.curves), where);
  compareArrays(decodeCurves(bytes, where), curves, where);
  return "display of training: the page's samples and curves show the full ones, but for their rounding";
}
/** Codes of 16 bits, but for the four that are reserved. */
const finestSteps = 65_531;

/** All arrays of two objects: numbers within a code of each other, words and whole numbers alike. */
function compareArrays(told: object, expected: object, where: string): void {
  for (const [name, again] of Object.entries(expected) as [string, unknown][]) {
    const own = (told as Record<string, unknown>)[name];
    if (isNumbers(again) && isNumbers(own) && own.length === again.length) {
      const at = firstDifference(own, again);
      if (at >= 0) throw showsOther(where, `${name}[${at}]`, own[at], again[at]);
    } else if (JSON.stringify(own) !== JSON.stringify(again)) {
      throw showsOther(where, name, brief(own), brief(again));
    }
  }
}

const isNumbers = (value: unknown): value is Float32Array | Int32Array =>
  value instanceof Float32Array || value instanceof Int32Array;

const brief = (value: unknown): unknown =>
  isNumbers(value) ? `${value.length} numbers` : JSON.stringify(value);

const showsOther = (where: string, what: string, told: unknown, again: unknown): ArtifactError =>
  new ArtifactError(
    `${where}: the page would show ${String(told)} at ${what} where the run has ${String(again)}; run the experiment again`,
  );

/** Another machine's logarithm, or data with another last digit, may fall on the next code; whole numbers may not. */
function firstDifference(
  told: Float32Array | Int32Array,
  expected: Float32Array | Int32Array,
): number {
  if (expected instanceof Int32Array) return told.findIndex((value, i) => value !== expected[i]);
  let [low, high, least, most] = [Infinity, -Infinity, Infinity, 0];
  for (const value of expected) {
    if (!Number.isFinite(value)) continue;
    [low, high] = [Math.min(low, value), Math.max(high, value)];
    if (value > 0) [least, most] = [Math.min(least, value), Math.max(most, value)];
  }
  const linear = high > low ? (1.01 * (high - low)) / finestSteps : 0;
  const logarithmic = most > least ? Math.expm1((1.01 * Math.log(most / least)) / finestSteps) : 0;
  return told.findIndex((value, i) => {
    const other = expected[i]!;
    if (Object.is(value, other) || value === other) return false;
    // Whichever scale it was coded on, the smaller of the two steps is small.
    const step = low >= 0 ? Math.min(linear, logarithmic * Math.abs(other)) : linear;
    return !(Math.abs(value - other) <= step + 1e-6 * Math.abs(other));
  });
}
