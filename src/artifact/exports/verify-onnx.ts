// Opens an exported network in ONNX Runtime and compares its answers with those of the graph that trained it.
import type { Executor } from '../../engine/runtime/executor.ts';
import { floats } from '../../engine/runtime/executor.ts';
import { createPredictor } from '../../learning/evaluator.ts';
import type { NetworkShape } from '../../learning/network-shape.ts';
import { finalWeights, shapeOf, type ExportedRun } from './exported-run.ts';
import { onnxNames } from './network-onnx.ts';

/** All that the comparison needs: plain data, so that a worker can be handed it. */
export interface OnnxCheck {
  readonly bytes: Uint8Array;
  readonly network: NetworkShape;
  /** `[P]`. */
  readonly weights: Float32Array;
  readonly count: number;
  /** `[count, features]`, as the exported network takes them. */
  readonly raw: Float32Array;
  /** `[count, features]`, normalised, as our own graph takes them. */
  readonly inputs: Float32Array;
  readonly givesProbabilities: boolean;
}

export interface OnnxAgreement {
  readonly samples: number;
  /** Of all logits, |theirs - ours| / max(1, |ours|). */
  readonly largestDifference: number;
  /** Largest distance of a row of probabilities from the sum 1; null where there are none. */
  readonly probabilitySlip: number | null;
  readonly provider: string;
}

/** Enough to meet every class many times. */
const mostSamples = 1_000;

export function onnxCheckOf(run: ExportedRun, network: number, bytes: Uint8Array): OnnxCheck {
  const { data, experiment } = run;
  const { features } = data;
  const { mean, scale } = data.normalisation;
  const count = Math.min(mostSamples, data.train.count);
  // The raw values are rounded to 32 bits first, so that both networks are given the same points.
  const raw = data.train.inputs
    .slice(0, count * features)
    .map((x, i) => x * (scale[i % features] as number) + (mean[i % features] as number));
  const inputs = raw.map(
    (x, i) => (x - (mean[i % features] as number)) / (scale[i % features] as number),
  );
  return {
    bytes,
    network: shapeOf(run),
    weights: finalWeights(run, network).slice(),
    count,
    raw,
    inputs,
    givesProbabilities: experiment.loss === 'cross-entropy',
  };
}

/** @throws where ONNX Runtime does not open or run the file. */
export async function checkOnnx(check: OnnxCheck, executor: Executor): Promise<OnnxAgreement> {
  const { bytes, network, weights, count, raw, inputs, givesProbabilities } = check;
  const features = network.sizes[0] as number;
  const outputs = network.sizes.at(-1) as number;
  const port = (name: string, width: number) =>
    ({ name, dtype: 'float32', shape: [count, width] }) as const;
  const program = await executor.compile({
    bytes,
    inputs: [port(onnxNames.input, features)],
    outputs: [
      port(onnxNames.logits, outputs),
      ...(givesProbabilities ? [port(onnxNames.probabilities, outputs)] : []),
    ],
  });
  const predictor = await createPredictor({ executor, network, inputs, count });
  try {
    const results = await program.run({ [onnxNames.input]: floats([count, features], raw) });
    const read = async (name: string): Promise<Float32Array | null> => {
      const tensor = results[name];
      if (!tensor) return null;
      const values = (await tensor.read()) as Float32Array;
      tensor.dispose();
      return values;
    };
    const theirs = (await read(onnxNames.logits)) as Float32Array;
    const probabilities = await read(onnxNames.probabilities);
    const ours = await predictor.predict(weights);
    return {
      samples: count,
      largestDifference: largest(ours.length, (i) => {
        const [a, b] = [theirs[i] as number, ours[i] as number];
        // Two infinities or two NaN are the same answer.
        return Object.is(a, b) ? 0 : Math.abs(a - b) / Math.max(1, Math.abs(b));
      }),
      probabilitySlip:
        probabilities &&
        largest(count, (row) => {
          const values = probabilities.subarray(row * outputs, (row + 1) * outputs);
          return Math.abs(1 - values.reduce((sum, value) => sum + value, 0));
        }),
      provider: executor.provider,
    };
  } finally {
    program.dispose();
    predictor.dispose();
  }
}

/** NaN where any is NaN: a difference that is no number is no agreement. */
function largest(count: number, value: (index: number) => number): number {
  let most = 0;
  for (let i = 0; i < count; i++) most = Math.max(most, value(i));
  return most;
}

/** Larger differences are not rounding. */
export const onnxTolerance = 1e-4;

/** One sentence for the page. */
export function agreementInWords(agreement: OnnxAgreement): string {
  const { samples, largestDifference } = agreement;
  const opened = 'Opened in ONNX Runtime';
  if (!(largestDifference <= onnxTolerance))
    return `${opened}, but its answers differ by up to ${roundUp(largestDifference)}: use the safetensors file instead, and tell us.`;
  return largestDifference === 0
    ? `${opened}: its answers to ${samples} points are the same to the last bit.`
    : `${opened}: answers to ${samples} points differ by at most ${roundUp(largestDifference)}.`;
}

/** Two digits, never less than the value. */
function roundUp(value: number): string {
  if (!Number.isFinite(value)) return 'no finite number';
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return (Math.ceil(value / unit) * unit).toExponential(1);
}
