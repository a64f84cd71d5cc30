// The way that networks take beside a road while they train on, snapshot by snapshot.
import { gatherRows } from '../../rows.ts';
import type { AnalysisContext, Condition, PlannedCondition } from '../analysis.ts';
import { numericArray, onLogScale } from '../numeric-array.ts';
import { placesOn, type Frame } from './road-axes.ts';
import { trailPoint } from './road-picture.ts';
import { amplitudes, lossesAt, type RoadPoints } from './road-points.ts';
import type { RoadResult } from './road-result.ts';

type Trail = Pick<RoadResult, 'trail' | 'trailPlaces' | 'trailLoss'>;

/** Snapshots of the longer training from the end of the shorter one on. */
export async function trailOf(
  context: AnalysisContext,
  points: RoadPoints,
  frames: Readonly<Record<'aligned' | 'predictions', Frame>>,
  [condition, longer]: readonly [Condition, Condition],
): Promise<Trail> {
  const { snapshots, snapshotSteps, networks: all, parameters: P } = longer.history;
  const from = condition.history.snapshotSteps.at(-1)!;
  const N = points.networks.length;
  const [rows, places, losses]: [number[], number[], number[]] = [[], [], []];
  for (const [s, step] of snapshotSteps.entries()) {
    context.signal.throwIfAborted();
    if (step < from) continue;
    const chosen = points.networks.map((network) => s * all + network);
    const weights = gatherRows(snapshots, P, chosen);
    if (step === from) checkSameRun(weights, points.raw.earlier, condition, longer);
    rows.push(...trailPoint(points, frames.aligned, weights));
    places.push(...placesOn(frames.predictions, await amplitudes(context, condition, weights)));
    losses.push(...(await lossesAt(context, condition, weights)));
  }
  const T = losses.length / N;
  return {
    trail: numericArray([T, N, 3], rows),
    trailPlaces: numericArray([T, N], places),
    trailLoss: onLogScale([T, N], losses),
  };
}

/** @throws RangeError where the longer training has come past other weights. */
function checkSameRun(
  passed: Float32Array,
  ended: Float32Array,
  condition: PlannedCondition,
  longer: PlannedCondition,
): void {
  const apart = passed.findIndex((weight, i) => Math.abs(weight - ended[i]!) > 1e-3);
  if (apart < 0) return;
  throw new RangeError(
    `"${longer.key}" is no continuation of "${condition.key}": weight ${apart} is ${passed[apart]} where ${ended[apart]} was expected; train both on the same provider`,
  );
}
