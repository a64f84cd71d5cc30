// Times one Hessian-vector product of all fifty networks, each with a vector of its own.
import type { Executor } from '../../src/engine/runtime/executor.ts';
import { createDerivatives } from '../../src/landscape/curvature/derivatives.ts';
import { parameterCount } from '../../src/learning/network-shape.ts';
import { randomStream } from '../../src/learning/random.ts';
import { networks, points } from './cases.ts';
import type { BenchCase } from './cases.ts';

const repeats = 30;

/** Median milliseconds, weights and vectors in ordinary memory before and after. */
export async function productTime(
  executor: Executor,
  { sizes, activation }: BenchCase,
): Promise<number> {
  const network = { sizes, activation, residual: false, bias: true };
  const stream = randomStream(1, 'bench');
  const labels = Int32Array.from({ length: points }, (_, i) => i % 2);
  const samples = {
    count: points,
    inputs: Float32Array.from({ length: points * 2 }, () => stream.normal()),
    targets: Float32Array.from({ length: points * 2 }, (_, i) =>
      Number(labels[Math.floor(i / 2)] === i % 2),
    ),
    labels,
  };
  const draw = () =>
    Float32Array.from({ length: networks * parameterCount(network) }, () => 0.3 * stream.normal());
  const derivatives = await createDerivatives({
    executor,
    network,
    loss: 'cross-entropy',
    samples,
  });
  try {
    const [weights, vectors] = [draw(), draw()];
    const times: number[] = [];
    for (let k = 0; k < repeats + 3; k++) {
      const started = performance.now();
      await derivatives.hessianVectorProduct(weights, vectors);
      times.push(performance.now() - started);
    }
    return times.slice(3).sort((a, b) => a - b)[repeats / 2] as number;
  } finally {
    derivatives.dispose();
  }
}
