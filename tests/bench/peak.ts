// The machine's matrix-product peak as ONNX Runtime reaches it: what our steps are a share of.
import { input, matmul } from '../../src/engine/graph/index.ts';
import { compileGraph, floats } from '../../src/engine/runtime/executor.ts';
import type { Executor } from '../../src/engine/runtime/executor.ts';
import { median } from './step-time.ts';

/** GFLOP/s of a 1024 x 1024 product. */
export async function matmulPeak(executor: Executor): Promise<number> {
  const n = 1024;
  const program = await compileGraph(executor, {
    c: matmul(input('a', [n, n]), input('b', [n, n])),
  });
  const a = floats([n, n], new Float32Array(n * n).fill(0.5));
  const times: number[] = [];
  for (let k = -2; k < 15; k++) {
    const started = performance.now();
    (await program.run({ a, b: a })).c!.dispose();
    if (k >= 0) times.push(performance.now() - started);
  }
  program.dispose();
  return (2 * n ** 3) / (median(times) * 1e6);
}
