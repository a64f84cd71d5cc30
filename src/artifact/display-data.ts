// The samples a page draws: small whole numbers in 8 bits, all else in 32 or 16.
import type { PreparedData, Samples } from '../learning/samples.ts';
import { spreadIndices } from '../learning/spread-indices.ts';
import { ArtifactError } from './artifact-error.ts';
import { readQuantised, writeQuantised, type QuantisedReader } from './quantised-file.ts';
import { displayBudget, takeRows } from '../landscape/thin.ts';

/** What the manifest keeps of the data: all but the samples. */
export type DataFacts = Omit<PreparedData, 'train' | 'test'>;

const parts = ['train', 'test'] as const;

/** Inputs and labels of both parts; of very large sets, evenly spread samples are kept. */
export function encodeData(data: PreparedData): Uint8Array<ArrayBuffer> {
  const { features, outputs } = data;
  const whole = parts.map((part) => wholeNumbers(data[part].inputs, data));
  const isWhole = whole.every((values) => values !== null);
  const total = data.train.count + data.test.count;
  const targetBytes = data.train.labels ? 4 : outputs * 4;
  const isSmall = total * (features * 4 + targetBytes) <= displayBudget;
  const sampleBytes = features * (isWhole ? 1 : isSmall ? 4 : 2) + targetBytes;
  const kept = Math.min(1, displayBudget / (total * sampleBytes));

  const file = writeQuantised();
  parts.forEach((part, index) => {
    const { count, inputs, targets, labels } = data[part];
    const rows = spreadIndices(count, count * kept);
    const shape = [rows.length, features];
    if (isWhole) {
      const raw = takeRows(whole[index] as Float32Array, features, rows);
      file.exact(`${part}.wholeInputs`, Uint8Array.from(raw), shape);
    } else if (isSmall) {
      file.exact(`${part}.inputs`, takeRows(inputs, features, rows), shape);
    } else {
      file.quantised(`${part}.codedInputs`, takeRows(inputs, features, rows), shape, 'linear');
    }
    if (labels) {
      const keptLabels = Int32Array.from(rows, (row) => labels[row] as number);
      file.exact(`${part}.labels`, keptLabels, [rows.length]);
    } else {
      file.exact(`${part}.targets`, takeRows(targets, outputs, rows), [rows.length, outputs]);
    }
  });
  return file.bytes();
}

export function decodeData(bytes: Uint8Array, facts: DataFacts, where: string): PreparedData {
  const file = readQuantised(bytes, where);
  return {
    ...facts,
    train: decodeSamples(file, 'train', facts, where),
    test: decodeSamples(file, 'test', facts, where),
  };
}

function decodeSamples(
  file: QuantisedReader,
  part: (typeof parts)[number],
  facts: DataFacts,
  where: string,
): Samples {
  const { features, outputs } = facts;
  const inputs = decodeInputs(file, part, facts);
  const count = inputs.length / features;
  if (file.has(`${part}.targets`)) {
    const targets = file.values(`${part}.targets`, 'F32', [count, outputs]);
    return { count, inputs, targets, labels: null };
  }
  const labels = file.values(`${part}.labels`, 'I32', [count]);
  const targets = new Float32Array(count * outputs);
  labels.forEach((label, sample) => {
    if (label < 0 || label >= outputs) {
      throw new ArtifactError(
        `${where}: label ${label} of ${part} sample ${sample} is not one of ${outputs} classes; run the experiment again`,
      );
    }
    targets[sample * outputs + label] = 1;
  });
  return { count, inputs, targets, labels };
}

function decodeInputs(file: QuantisedReader, part: string, facts: DataFacts): Float32Array {
  const { features, normalisation } = facts;
  const shape = [null, features];
  if (file.has(`${part}.wholeInputs`)) {
    const { mean, scale } = normalisation;
    const raw = file.values(`${part}.wholeInputs`, 'U8', shape);
    return Float32Array.from(raw, (value, index) =>
      normalised(value, index % features, mean, scale),
    );
  }
  return file.has(`${part}.codedInputs`)
    ? file.numbers(`${part}.codedInputs`, shape)
    : file.values(`${part}.inputs`, 'F32', shape);
}

function normalised(value: number, feature: number, mean: Float32Array, scale: Float32Array) {
  return (value - (mean[feature] as number)) / (scale[feature] as number);
}

/** The values before normalisation where all were whole and fit 8 bits (pixels), else null. */
function wholeNumbers(inputs: Float32Array, { features, normalisation }: DataFacts) {
  const { mean, scale } = normalisation;
  const raw = new Float32Array(inputs.length);
  for (let i = 0; i < inputs.length; i++) {
    const feature = i % features;
    const value = inputs[i] as number;
    const whole = Math.round(value * (scale[feature] as number) + (mean[feature] as number));
    const error = Math.abs(normalised(whole, feature, mean, scale) - value);
    if (!(whole >= 0 && whole <= 255 && error <= 1e-5 * Math.max(1, Math.abs(value)))) return null;
    raw[i] = whole;
  }
  return raw;
}
