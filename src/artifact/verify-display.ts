// Whether the page's files of a run show it: its samples, curves, boundaries and landscape, but for their rounding.
import { boundaryGrid, buildBoundaries, hasBoundaries } from '../landscape/build-boundaries.ts';
import type { Boundaries } from '../landscape/boundaries.ts';
import type { Landscape } from '../landscape/landscape.ts';
import type { Executor } from '../engine/runtime/executor.ts';
import { createPredictor } from '../learning/evaluator.ts';
import type { TrainingHistory } from '../learning/history.ts';
import { networkShapeOf } from '../learning/network-of.ts';
import type { PreparedData } from '../learning/samples.ts';
import { ArtifactError } from './artifact-error.ts';
import { boundarySize, decodeBoundaries, encodeBoundaries } from './display-boundaries.ts';
import { decodeCurves, encodeCurves } from './display-curves.ts';
import { decodeData, encodeData } from './display-data.ts';
import { decodeLandscape, encodeLandscape } from './display-landscape.ts';
import { displayFiles, filePurposes, fullFiles } from './files.ts';
import { loadRun } from './load-run.ts';
import type { Manifest } from './manifest.ts';

/** Every file that a run has, and what it is for. */
export function checkFileList({ files }: Manifest, data: PreparedData, where: string): void {
  const { boundaries, ...others } = displayFiles;
  const expected: string[] = [
    ...Object.values(fullFiles),
    ...Object.values(others),
    ...(hasBoundaries(data) ? [boundaries] : []),
  ];
  const told = files.map(({ path }) => path);
  const missing = expected.find((path) => !told.includes(path));
  const other = files.find(
    ({ path, purpose }) => !expected.includes(path) || purpose !== filePurposes[path],
  );
  if (missing === undefined && !other) return;
  throw new ArtifactError(
    `${where}: the manifest lists ${other ? `${other.path} as "${other.purpose}"` : `no ${missing}`}, expected ${expected.join(', ')}, each for what it holds; run the experiment again`,
  );
}

export async function checkDisplay(
  { name }: Manifest,
  executor: Executor,
  data: PreparedData,
  history: TrainingHistory,
  landscape: Landscape,
  read: (path: string) => Promise<Uint8Array>,
  where: string,
): Promise<string> {
  const shown = await loadRun(name, (path) => read(path.slice(name.length + 1)));
  const place = (part: keyof typeof displayFiles) => `${where}/${displayFiles[part]}`;
  const { train, test, ...facts } = decodeData(encodeData(data), data, place('data'));
  compareArrays(shown.data.train, train, place('data'));
  compareArrays(shown.data.test, test, place('data'));
  compareArrays(
    shown.curves,
    decodeCurves(encodeCurves(history.curves), place('curves')),
    place('curves'),
  );
  if (!shown.landscape) {
    throw new ArtifactError(`${where} has no landscape to show; run the experiment again`);
  }
  const drawn = decodeLandscape(encodeLandscape(landscape), place('landscape'));
  compareArrays(shown.landscape, drawn, place('landscape'));
  if (hasBoundaries(facts)) {
    const again = await boundariesAgain(executor, shown.experiment, data, history);
    checkBoundaries(shown.boundaries, again, place('boundaries'));
  }
  return `display: the page's samples, curves${hasBoundaries(facts) ? ', boundaries' : ''} and landscape show the full ones, but for their rounding`;
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

async function boundariesAgain(
  executor: Executor,
  experiment: Manifest['experiment'],
  data: PreparedData,
  { networks, parameters, snapshots }: TrainingHistory,
): Promise<Boundaries> {
  const size = boundarySize(networks, data.outputs);
  const predictor = await createPredictor({
    executor,
    network: networkShapeOf(experiment, data),
    inputs: boundaryGrid(data, size).inputs,
    count: size * size,
  });
  try {
    const weights = snapshots.slice(-networks * parameters);
    const { predict } = predictor;
    return await buildBoundaries({ predict, data, networks, weights, size });
  } finally {
    predictor.dispose();
  }
}

/** Of the points of a grid, how many may fall to the other side of a boundary on another provider. */
const flipped = 0.002;

function checkBoundaries(shown: Boundaries | null, made: Boundaries, where: string): void {
  if (!shown) throw showsOther(where, 'the boundaries', 'nothing', 'some');
  const again = decodeBoundaries(encodeBoundaries(made), where);
  const told = `${shown.size}, ${shown.extent.map(Math.fround).join(', ')}`;
  const expected = `${again.size}, ${again.extent.map(Math.fround).join(', ')}`;
  if (told !== expected) throw showsOther(where, 'size and extent', told, expected);
  // Two codes of 8 bits.
  const far = shown.probability.findIndex((value, i) => {
    const other = again.probability[i]!;
    return !(Object.is(value, other) || Math.abs(value - other) <= 2 / 251);
  });
  if (far >= 0)
    throw showsOther(where, `probability[${far}]`, shown.probability[far], again.probability[far]);
  const others = again.classes.reduce((sum, own, i) => sum + Number(own !== shown.classes[i]), 0);
  if (others <= Math.max(2, flipped * again.classes.length)) return;
  const first = again.classes.findIndex((own, i) => own !== shown.classes[i]);
  throw showsOther(where, `classes[${first}]`, shown.classes[first], again.classes[first]);
}
