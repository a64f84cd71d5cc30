// When a run stops to record, when it keeps its weights, and how many steps go into one call between.

export interface Cadence {
  /** Losses are recorded at step 0, every `recordEvery` epochs, and at the end: the first of these after `step`. */
  nextRecord(step: number): number;
  /** Steps at which weights are kept: evenly spaced, first and last included. */
  readonly snapshots: readonly number[];
  /** Steps unrolled into one call. */
  readonly unroll: number;
}

/** Past this many steps a longer graph saves nothing more (see the benchmark). */
const longestUnroll = 5;

export function cadenceOf(options: {
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
  readonly recordEvery: number;
  readonly snapshots: number;
}): Cadence {
  const { totalSteps, stepsPerEpoch, recordEvery, snapshots } = options;
  const every = recordEvery * stepsPerEpoch;
  const kept = Array.from({ length: snapshots }, (_, k) =>
    Math.round((k * totalSteps) / (snapshots - 1)),
  );
  const distinct = [...new Set(kept)];
  // Steps that divide the way to a record leave no single steps, which need a graph of their own.
  const even = Array.from({ length: longestUnroll - 1 }, (_, k) => longestUnroll - k);
  const unroll = even.find((steps) => every % steps === 0) ?? Math.min(every, longestUnroll);
  const nextRecord = (step: number) => Math.min((Math.floor(step / every) + 1) * every, totalSteps);
  return { nextRecord, snapshots: distinct, unroll };
}
