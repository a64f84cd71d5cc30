// The exported network in ONNX Runtime, opened as anybody would open it, against the graph that trained it.
import ort from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { networkOnnx } from '../../../../src/artifact/exports/network-onnx.ts';
import {
  agreementInWords,
  checkOnnx,
  onnxCheckOf,
} from '../../../../src/artifact/exports/verify-onnx.ts';
import { activations, losses } from '../../../../src/learning/experiment.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';
import { trainedRun } from './trained-run.ts';

const cases = activations.flatMap((activation) =>
  losses.flatMap((loss) =>
    [true, false].flatMap((residual) =>
      [true, false].map((bias) => ({ activation, loss, residual, bias })),
    ),
  ),
);
const small = {
  data: { kind: 'blobs', samples: 60, features: 3 },
  epochs: 2,
  initialisations: 2,
  snapshots: 2,
};

const executor = await cpuExecutor(1);

const open = (bytes: Uint8Array) => ort.InferenceSession.create(bytes, { logSeverityLevel: 4 });

describe('a network as an ONNX file', () => {
  it.each(cases)(
    'answers as its training graph does: $activation, $loss, residual $residual, bias $bias',
    async ({ activation, loss, residual, bias }) => {
      const run = await trainedRun(
        // One layer that keeps its width, and one that does not.
        { ...small, activation, loss, residual, bias, hiddenSizes: [5, 5] },
        { hasLandscape: false },
      );
      const check = onnxCheckOf(run, 1, networkOnnx(run, 1));
      const { largestDifference, probabilitySlip } = await checkOnnx(check, executor);
      expect(largestDifference).toBeLessThan(2e-6);
      if (loss === 'cross-entropy') expect(probabilitySlip).toBeLessThan(1e-6);
      else expect(probabilitySlip).toBeNull();
    },
  );

  it('is another file, with other answers, for another network', async () => {
    const run = await trainedRun(small, { hasLandscape: false });
    const bytes = networkOnnx(run, 1);
    expect(networkOnnx(run, 0)).not.toEqual(bytes);
    const swapped = { ...onnxCheckOf(run, 0, bytes) };
    const agreement = await checkOnnx(swapped, executor);
    expect(agreement.largestDifference).toBeGreaterThan(1e-2);
    expect(agreementInWords(agreement)).toMatch(/but its answers differ by up to/);
  });

  it('takes any number of samples at once, and gives each the same answer alone', async () => {
    const run = await trainedRun({ ...small, loss: 'cross-entropy' }, { hasLandscape: false });
    const session = await open(networkOnnx(run, 0));
    expect(session.inputNames).toEqual(['features']);
    expect(session.outputNames).toEqual(['logits', 'probabilities']);
    const raw = Float32Array.from({ length: 7 * 3 }, (_, i) => Math.sin(i));
    const ask = async (values: Float32Array) => {
      const features = new ort.Tensor('float32', values, [values.length / 3, 3]);
      const { logits, probabilities } = await session.run({ features });
      return { logits: logits!, probabilities: probabilities! };
    };
    const together = await ask(raw);
    expect(together.logits.dims).toEqual([7, 3]);
    const alone = await ask(raw.slice(3 * 4, 3 * 5));
    expect(alone.logits.dims).toEqual([1, 3]);
    const rowOf = (all: ArrayLike<number>) => Array.from(all).slice(3 * 4, 3 * 5);
    rowOf(together.logits.data as Float32Array).forEach((value, i) =>
      expect((alone.logits.data as Float32Array)[i]).toBeCloseTo(value, 5),
    );
    await session.release();
  });

  it('says of itself what it takes and gives', async () => {
    const run = await trainedRun({ ...small, title: 'Three blobs' }, { hasLandscape: false });
    const text = new TextDecoder('latin1').decode(networkOnnx(run, 1));
    for (const words of [
      'Network 1 of 2 of the experiment "Three blobs", layers 3-8-3, after 2 steps',
      'Raw values, not normalised, in this order: x1, x2, x3',
      'loss-atlas',
      'class_names',
    ])
      expect(text).toContain(words);
  });

  it('takes features as they are where the experiment does not normalise', async () => {
    const run = await trainedRun({ ...small, normalise: false }, { hasLandscape: false });
    const bytes = networkOnnx(run, 0);
    expect(new TextDecoder('latin1').decode(bytes)).not.toContain('normalise.mean');
    const agreement = await checkOnnx(onnxCheckOf(run, 0, bytes), executor);
    expect(agreement.largestDifference).toBeLessThan(2e-6);
  });

  it('is a network without hidden layers, where the experiment has none', async () => {
    const run = await trainedRun({ ...small, hiddenSizes: [] }, { hasLandscape: false });
    const agreement = await checkOnnx(onnxCheckOf(run, 1, networkOnnx(run, 1)), executor);
    expect(agreement.largestDifference).toBeLessThan(2e-6);
  });

  it('is refused for a network that does not exist', async () => {
    const run = await trainedRun(small, { hasLandscape: false });
    expect(() => networkOnnx(run, 2)).toThrow('there is no network 2: this run has 2');
  });
});
