// Ratios of the extreme Hessian eigenvalues on planes through solutions.
import { createDerivatives, stoppable, type Derivatives } from '../../curvature/derivatives.ts';
import { hessianEigenpairs } from '../../curvature/extreme-eigenpairs.ts';
import { pointsAt } from '../../slices/frame.ts';
import { gridCoordinates } from '../../slices/slice.ts';
import { lossOptions, using, type AnalysisContext, type TrainedCondition } from '../analysis.ts';
import type { ConvexitySpec } from './convexity-result.ts';
import { axesOf, framesOf } from './planes-through-solutions.ts';

/** Products behind each pair of eigenvalues at most: far from the solution, two figures are enough. */
export const hessianSearch = { top: 1, bottom: 1, maxSteps: 60, tolerance: 0.01 } as const;

/** The coarser grid; a single point is the network itself. */
export const hessianAxes = (spec: ConvexitySpec): Float32Array[] =>
  spec.hessianSize === 1
    ? [Float32Array.of(0), Float32Array.of(0)]
    : axesOf({ ...spec, size: spec.hessianSize });

interface Extremes {
  readonly largest: Float64Array;
  readonly smallest: Float64Array;
}

/** Of the Hessian at each of the points `[M, P]`. */
export async function extremeEigenvalues(
  derivatives: Derivatives,
  points: Float32Array,
  seed: number,
): Promise<Extremes> {
  const { top, bottom } = await hessianEigenpairs(derivatives, points, { ...hessianSearch, seed });
  return { largest: top.values, smallest: bottom.values };
}

/** |min(0, smallest) / largest|. */
export const ratiosOf = ({ largest, smallest }: Extremes): Float64Array =>
  largest.map((value, i) => Math.abs(Math.min(0, smallest[i]!) / value));

/**
 * `[H * g * g]`: |smallest / largest| eigenvalue of the Hessian on a coarse grid over each plane, the measure of
 * Li et al. 2018 (section 6): 0 where the loss is convex, large where it is not.
 */
export async function hessianRatios(
  context: AnalysisContext,
  condition: TrainedCondition,
  networks: readonly number[],
  spec: ConvexitySpec,
): Promise<Float32Array> {
  const size = spec.hessianSize;
  const coordinates = gridCoordinates(hessianAxes(spec));
  const frames = framesOf(condition, networks.slice(0, spec.hessianNetworks));
  const ratios = new Float32Array(frames.length * size * size);
  await using(createDerivatives(lossOptions(context, condition)), async (made) => {
    const derivatives = stoppable(made, context.signal);
    for (const [h, frame] of frames.entries()) {
      const points = pointsAt(frame, coordinates);
      ratios.set(
        ratiosOf(await extremeEigenvalues(derivatives, points, condition.experiment.seed)),
        h * size * size,
      );
      context.onProgress(0.5 + (0.5 * (h + 1)) / frames.length);
    }
  });
  return ratios;
}
