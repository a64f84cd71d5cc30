// A tiny program that shows whether a provider truly runs, and whether tensors can stay on its device.
import { add } from '../graph/arithmetic.ts';
import { input } from '../graph/leaf.ts';
import { serialise } from '../onnx/serialise.ts';
import type { DeviceTensor, Executor } from './executor.ts';

/** Runs x + 1 twice, the second time on the first one's output; throws what the provider throws. */
export async function probe(executor: Pick<Executor, 'compile'>): Promise<void> {
  const program = await executor.compile(serialise({ y: add(input('x', [4]), 1) }));
  try {
    const x = { dtype: 'float32', shape: [4], values: Float32Array.of(0, 1, 2, 3) } as const;
    const first = (await program.run({ x })).y as DeviceTensor;
    const second = (await program.run({ x: first })).y as DeviceTensor;
    const values = [...(await second.read())];
    first.dispose();
    second.dispose();
    if (values.join() !== '2,3,4,5') throw new Error(`computed [${values.join(', ')}] for x + 2`);
  } finally {
    program.dispose();
  }
}
