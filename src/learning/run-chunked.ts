// Runs one program over any number of networks: chunk by chunk, spread over the executor's lanes.
import { floats } from '../engine/runtime/executor.ts';
import type { Executor, Feed, Program } from '../engine/runtime/executor.ts';
import { onLanes } from '../engine/runtime/lanes.ts';

/**
 * `rows` are inputs with a leading axis of networks, `[M, ...]` for any M, while the program was compiled for
 * `[chunk, ...]`; the last chunk is filled up with zeros, whose results are dropped. `shared` inputs are the same
 * for every chunk. Every output of the program has the leading axis too; each comes back whole, `[M, ...]`.
 * @throws Error where an input's values are not whole rows, as many as the others', or the graph takes none of them.
 */
export async function runChunked(
  { lanes }: Pick<Executor, 'lanes'>,
  program: Program,
  rows: Readonly<Record<string, Float32Array>>,
  shared: Readonly<Record<string, Feed>> = {},
): Promise<Record<string, Float32Array>> {
  const ports = Object.entries(rows).flatMap(([name, values]) => {
    // A graph that does not depend on an input drops it: the Hessian of a quadratic loss knows no weights.
    const shape = program.inputs.find((port) => port.name === name)?.shape;
    if (!shape) return [];
    const [chunk, ...rest] = shape as [number, ...number[]];
    const width = rest.reduce((size, extent) => size * extent, 1);
    return [{ name, values, shape, chunk, width, total: values.length / width }];
  });
  const [leading] = ports;
  if (!leading) {
    const names = Object.keys(rows).map((name) => `'${name}'`);
    throw new Error(
      `runChunked: the graph takes none of the inputs given by row (${names.join(', ')}): expected at least one, to tell how many rows there are.`,
    );
  }
  const { chunk, total } = leading;
  for (const port of ports) {
    if (port.total === total && Number.isInteger(total)) continue;
    throw new Error(
      `runChunked: ${port.values.length} values for '${port.name}' are not ${Math.ceil(total)} whole rows of ${port.width} each.`,
    );
  }
  const results = Object.fromEntries(
    program.outputs.map(({ name, shape }) => {
      const width = shape.slice(1).reduce((size, extent) => size * extent, 1);
      return [name, { width, values: new Float32Array(total * width) }] as const;
    }),
  );
  const starts = Array.from({ length: Math.ceil(total / chunk) }, (_, k) => k * chunk);
  await onLanes(starts, lanes, async (first, lane) => {
    const counted = Math.min(chunk, total - first);
    const feeds: Record<string, Feed> = { ...shared };
    for (const { name, values, shape, width } of ports) {
      const own = new Float32Array(chunk * width);
      own.set(values.subarray(first * width, (first + counted) * width));
      feeds[name] = floats(shape, own);
    }
    for (const [name, tensor] of Object.entries(await program.run(feeds, lane))) {
      const result = results[name] as (typeof results)[string];
      const values = (await tensor.read()) as Float32Array;
      result.values.set(values.subarray(0, counted * result.width), first * result.width);
      tensor.dispose();
    }
  });
  return Object.fromEntries(Object.entries(results).map(([name, { values }]) => [name, values]));
}
