// How far the gradients of single samples scatter about their mean, exactly, from each of them.
import { expand, input } from '../../engine/graph/index.ts';
import { compileGraph, floats } from '../../engine/runtime/executor.ts';
import { chunkSize } from '../../learning/chunks.ts';
import type { LossOptions } from '../../learning/evaluator.ts';
import { parameterCount } from '../../learning/network-shape.ts';
import { runChunked } from '../../learning/run-chunked.ts';
import { lossAndGradient } from '../../learning/training-graph.ts';
import { expectLength, networksIn } from './expectations.ts';

export interface GradientNoise {
  /** `[M]`: tr(Sigma), Sigma the covariance of the gradient over samples, unbiased (n - 1). */
  readonly covarianceTrace: Float64Array;
  /** `[M]`: |G|^2, G the mean gradient: that of the loss over all samples. */
  readonly squaredGradient: Float64Array;
  /** `[M]`: tr(Sigma) / |G|^2, in samples; infinite where G is 0 and Sigma is not. */
  readonly noiseScale: Float64Array;
  /** n. */
  readonly samples: number;
}

export interface GradientNoiseMeter {
  /** Of M networks, `weights` `[M, P]`. A network that is not finite gets NaN. */
  measure(weights: Float32Array): Promise<GradientNoise>;
  dispose(): void;
}

/** Gradients `[rows, P]` that are held at once. */
const blockNumbers = 2 ** 22;

/**
 * The simple noise scale `B_simple = tr(Sigma) / |G|^2` (McCandlish et al. 2018, arXiv:1812.06162, eq. 2.9): about the
 * batch size at which the gradient's noise is as large as the gradient. G is taken as the gradient over the samples
 * given; as an estimate of a wider population's, |G|^2 is too large by tr(Sigma) / n in expectation.
 *
 * Samples take the axis of networks: one network is repeated, each copy sees one sample, and the sums are float64.
 * The loss is the data loss, without weight decay.
 * @throws RangeError where there are fewer than two samples, or they do not fit the network.
 */
export async function createGradientNoise(options: LossOptions): Promise<GradientNoiseMeter> {
  const { executor, network, samples, loss } = options;
  const { count } = samples;
  const P = parameterCount(network);
  const [features, outputs] = [network.sizes[0] as number, network.sizes.at(-1) as number];
  if (count < 2) {
    throw new RangeError(`gradient noise over ${count} samples: a covariance needs at least two`);
  }
  expectLength(samples.inputs, count * features, 'samples.inputs');
  expectLength(samples.targets, count * outputs, 'samples.targets');
  const block = Math.min(count, Math.max(1, Math.floor(blockNumbers / P)));
  const chunk = chunkSize(network, 1, block, executor, options.memoryBudget);
  const { gradient } = lossAndGradient(
    network,
    loss,
    expand(input('weights', [1, P]), [chunk, P]),
    input('inputs', [chunk, 1, features]),
    input('targets', [chunk, 1, outputs]),
  );
  const program = await compileGraph(executor, { gradient });

  /** Adds up the samples' gradients, and their squared lengths. */
  const sumsOf = async (weights: Float32Array) => {
    const sum = new Float64Array(P);
    let squares = 0;
    for (let first = 0; first < count; first += block) {
      const last = Math.min(count, first + block);
      const rows = {
        inputs: samples.inputs.subarray(first * features, last * features),
        targets: samples.targets.subarray(first * outputs, last * outputs),
      };
      const results = await runChunked(executor, program, rows, {
        weights: floats([1, P], weights),
      });
      const gradients = results.gradient as Float32Array;
      for (let i = 0; i < gradients.length; i += P)
        for (let p = 0; p < P; p++) {
          const value = gradients[i + p]!;
          sum[p]! += value;
          squares += value * value;
        }
    }
    return { sum, squares };
  };
  return {
    async measure(weights) {
      const M = networksIn(weights, P, 'weights');
      const [covarianceTrace, squaredGradient] = [new Float64Array(M), new Float64Array(M)];
      for (let m = 0; m < M; m++) {
        const { sum, squares } = await sumsOf(weights.slice(m * P, (m + 1) * P));
        squaredGradient[m] = sum.reduce((total, value) => total + (value / count) ** 2, 0);
        // Float64 sums of float32 gradients: the difference loses nothing that the gradients had.
        const scatter = squares - count * squaredGradient[m]!;
        covarianceTrace[m] = Math.max(0, scatter) / (count - 1);
      }
      const noiseScale = covarianceTrace.map((trace, m) => trace / squaredGradient[m]!);
      return { covarianceTrace, squaredGradient, noiseScale, samples: count };
    },
    dispose: () => program.dispose(),
  };
}
