// Whether the numbers of an artifact come out again when networks and surface points are evaluated afresh.
import type { Landscape, Plane } from '../landscape/landscape.ts';
import type { Evaluation } from '../learning/evaluator.ts';
import type { TrainingHistory } from '../learning/history.ts';
import { randomStream } from '../learning/random.ts';
import { ArtifactError } from './artifact-error.ts';
import type { Manifest } from './manifest.ts';

/** Training loss and accuracy of networks `[M, P]`, computed afresh. */
export type EvaluateAgain = (weights: Float32Array) => Promise<Evaluation>;

/**
 * Providers order their sums differently: float32 losses agree to about 1e-6 relative, and near a
 * loss of zero to the rounding of the logits. A wrong plane, grid or data set differs by far more.
 */
const relativeTolerance = 1e-4;
const absoluteTolerance = 1e-5;

/** The networks as training left them have the losses that the curves end with. */
export async function checkEnds(
  { networks, parameters, snapshots, curves }: TrainingHistory,
  again: EvaluateAgain,
  where: string,
): Promise<string> {
  const size = networks * parameters;
  let worst = 0;
  for (const end of ['initial', 'final'] as const) {
    const weights = end === 'initial' ? snapshots.slice(0, size) : snapshots.slice(-size);
    const record = end === 'initial' ? 0 : curves.trainLoss.length - networks;
    const recorded = curves.trainLoss.subarray(record, record + networks);
    const { loss } = await again(weights);
    recorded.forEach((value, network) => {
      const place = `${where}: ${end} training loss of network ${network}`;
      worst = Math.max(worst, compare(loss[network] as number, value, place));
    });
  }
  return `networks: initial and final losses of all ${networks} evaluated again, within ${worst.toExponential(1)}`;
}

/** Heights at grid points drawn by the experiment's seed. */
export async function checkSurface({
  manifest,
  landscape,
  plane,
  again,
  points,
  where,
}: {
  manifest: Manifest;
  landscape: Landscape;
  plane: Plane;
  again: EvaluateAgain;
  points: number;
  where: string;
}): Promise<string> {
  const { xs, ys } = landscape;
  const parameters = plane.origin.length;
  const order = Int32Array.from({ length: xs.length * ys.length }, (_, index) => index);
  randomStream(manifest.experiment.seed, 'verify').shuffle(order);
  const chosen = order.subarray(0, points);

  const weights = new Float32Array(chosen.length * parameters);
  chosen.forEach((index, point) => {
    const x = xs[index % xs.length] as number;
    const y = ys[Math.floor(index / xs.length)] as number;
    for (let p = 0; p < parameters; p++) {
      weights[point * parameters + p] =
        (plane.origin[p] as number) +
        x * (plane.directions[p] as number) +
        y * (plane.directions[parameters + p] as number);
    }
  });
  const { loss, accuracy } = await again(weights);
  let worst = 0;
  chosen.forEach((index, point) => {
    const place = `${where}: training loss at surface point ${index}`;
    const stored = landscape.loss[index] as number;
    worst = Math.max(worst, compare(loss[point] as number, stored, place));
    // A sample that lies on the boundary may fall to either side.
    const flips =
      accuracy && landscape.accuracy
        ? Math.abs((accuracy[point] as number) - (landscape.accuracy[index] as number)) *
          manifest.data.trainCount
        : 0;
    if (flips > 2.5) {
      throw new ArtifactError(
        `${where}: accuracy at surface point ${index} differs by ${Math.round(flips)} samples when evaluated again; run the experiment again`,
      );
    }
  });
  return `surface: ${chosen.length} of ${order.length} points evaluated again, within ${worst.toExponential(1)}`;
}

/** The relative difference (absolute below a loss of 0.1), where it is within tolerance. */
function compare(actual: number, expected: number, place: string): number {
  if (Object.is(actual, expected) || (!Number.isFinite(actual) && !Number.isFinite(expected))) {
    return 0;
  }
  const difference = Math.abs(actual - expected);
  if (difference <= relativeTolerance * Math.abs(expected) + absoluteTolerance) {
    return difference / Math.max(Math.abs(expected), absoluteTolerance / relativeTolerance);
  }
  throw new ArtifactError(
    `${place} is ${expected} and comes out as ${actual} when evaluated again; run the experiment again`,
  );
}
