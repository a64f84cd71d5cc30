// One descent on the two-weight landscape and what to say of it: the walk, the flow beside it, the verdict.
import {
  twoWeightCriticalStepSize,
  twoWeightDescend,
  twoWeightEigenvalues,
  twoWeightFlowEnd,
  twoWeightInvariant,
  twoWeightLoss,
  type WeightPair,
} from '../../landscape/two-weights.ts';
import type { Fate } from '../../figures/two-weights/two-weights-strides.ts';

export type Verdict =
  | 'at a minimum'
  | 'converges'
  | 'converges in a zigzag'
  | 'stuck at the saddle'
  | 'oscillates'
  | 'diverges'
  | 'still on its way';

export interface Walk {
  readonly points: readonly WeightPair[];
  readonly losses: readonly number[];
  readonly diverged: boolean;
  /** Path of gradient flow from the same start, its end last. */
  readonly flow: readonly WeightPair[];
  readonly flowEnd: WeightPair;
  /** Largest eigenvalue of the Hessian where the flow ends. */
  readonly sharpness: number;
  /** 2 / sharpness. */
  readonly criticalStepSize: number;
  readonly verdict: Verdict;
  /** Whether it crosses the valley with every other step, or more often, at the end. */
  readonly isZigzag: boolean;
  /** The verdict's reason, in a sentence. */
  readonly reason: string;
}

/** The longest walk shown. */
export const mostSteps = 120;
/** A loss below this is a minimum for the eye and for the verdict. */
const arrived = 1e-8;

const residual = ([a, b]: WeightPair): number => a * b - 1;

/**
 * Gradient flow in closed form: with u = a + b and v = a - b, uv = a^2 - b^2 = c is kept, and u moves
 * straight to its end. From u = 0 (the line a = -b) v moves to 0 instead, the saddle.
 */
export function flowPath(start: WeightPair, count = 60): WeightPair[] {
  const [a, b] = start;
  const [u0, v0] = [a + b, a - b];
  const end = twoWeightFlowEnd(start);
  const u1 = end[0] + end[1];
  const c = twoWeightInvariant(start);
  return Array.from({ length: count + 1 }, (_, index) => {
    const t = index / count;
    const u = u0 + t * (u1 - u0);
    const v = u0 === 0 ? v0 * (1 - t) : c / u;
    return [(u + v) / 2, (u - v) / 2];
  });
}

/** How many of the last steps crossed the valley, ab = 1. */
function crossings(points: readonly WeightPair[], window: number): number {
  const last = points.slice(-window - 1);
  let count = 0;
  for (let i = 1; i < last.length; i++)
    if (residual(last[i - 1]!) * residual(last[i]!) < 0) count += 1;
  return count;
}

/** A zigzag whose misses shrink, slowly: it will settle, but not within the steps shown. */
const isClosingIn = (losses: readonly number[]): boolean =>
  losses.length > 24 && losses.slice(-20).every((loss, i) => loss < 0.999 * losses.at(i - 22)!);

function judge(
  points: readonly WeightPair[],
  losses: readonly number[],
  diverged: boolean,
): Verdict {
  if (diverged) return 'diverges';
  if (losses[0]! < arrived) return 'at a minimum';
  const [end, endLoss] = [points.at(-1)!, losses.at(-1)!];
  if (endLoss < arrived) return crossings(points, 12) >= 3 ? 'converges in a zigzag' : 'converges';
  if (Math.hypot(...end) < 0.02) return 'stuck at the saddle';
  return crossings(points, 12) >= 6 && !isClosingIn(losses) ? 'oscillates' : 'still on its way';
}

export function walkFrom(start: WeightPair, stepSize: number): Walk {
  const descent = twoWeightDescend(start, stepSize, mostSteps);
  const arrival = descent.losses.findIndex((loss) => loss < arrived);
  const length = arrival < 0 ? descent.points.length : Math.max(arrival + 1, 2);
  const points = descent.points.slice(0, length);
  const losses = descent.losses.slice(0, length);
  const flowEnd = twoWeightFlowEnd(start);
  const sharpness = twoWeightEigenvalues(flowEnd)[0];
  const criticalStepSize = twoWeightCriticalStepSize(flowEnd);
  const verdict = judge(points, losses, descent.diverged);
  const isZigzag = crossings(points, 12) >= 6;
  return {
    points,
    losses,
    diverged: descent.diverged,
    flow: flowPath(start),
    flowEnd,
    sharpness,
    criticalStepSize,
    verdict,
    isZigzag,
    reason: reasonOf(verdict, { stepSize, sharpness, isZigzag, end: points.at(-1)! }),
  };
}

/** The minimum that the flow leads to is too sharp for the step size, and the walk has ended in a flatter one. */
const isThrown = (end: WeightPair, stepSize: number, sharpness: number): boolean =>
  stepSize > 2 / sharpness && twoWeightEigenvalues(end)[0] < 0.97 * sharpness;

function reasonOf(
  verdict: Verdict,
  walk: { stepSize: number; sharpness: number; isZigzag: boolean; end: WeightPair },
): string {
  const { stepSize, sharpness, isZigzag, end } = walk;
  switch (verdict) {
    case 'at a minimum':
      return 'The start lies in the valley: the gradient is zero, and nothing moves.';
    case 'stuck at the saddle':
      return 'The start lies on a = −b: every step keeps it there, and the path ends in the saddle.';
    case 'diverges':
      return 'Each step overshoots the valley by more than the last, and the loss grows without end.';
    case 'oscillates':
      return 'The steps are too large to settle, and not large enough to fly off: the path keeps crossing the valley.';
    case 'still on its way':
      return isZigzag
        ? `Every step overshoots the valley, by a little less each time: after ${mostSteps} steps it is not there yet.`
        : `After ${mostSteps} steps the loss still falls: small steps need many.`;
    case 'converges':
    case 'converges in a zigzag':
      if (isThrown(end, stepSize, sharpness))
        return 'The nearest minimum is too sharp for this step size: the path is thrown out of it and settles in a flatter one.';
      return verdict === 'converges'
        ? 'The steps shrink with the slope, and the path settles in the valley.'
        : 'Every step overshoots the valley, by less each time.';
  }
}

const fates: Readonly<Record<Verdict, Fate>> = {
  'at a minimum': 'settles',
  converges: 'settles',
  'converges in a zigzag': 'settles',
  'stuck at the saddle': 'rests on the saddle',
  oscillates: 'never rests',
  diverges: 'flies off',
  'still on its way': 'still going',
};

/** What becomes of a walker, as the picture of step sizes names it; a zigzag that closes in is as good as settled. */
export function fateOf({ verdict, isZigzag, points, sharpness }: Walk, stepSize: number): Fate {
  const fate = verdict === 'still on its way' && isZigzag ? 'settles' : fates[verdict];
  return fate === 'settles' && isThrown(points.at(-1)!, stepSize, sharpness)
    ? 'settles elsewhere'
    : fate;
}

/** Step sizes from smallest to largest, in equal ratios, and where each leads from a start. */
export function stridesFrom(
  start: WeightPair,
  [smallest, largest]: readonly [number, number],
  count = 160,
): { stepSizes: number[]; fates: Fate[] } {
  const stepSizes = Array.from(
    { length: count },
    (_, i) => smallest * (largest / smallest) ** (i / (count - 1)),
  );
  return {
    stepSizes,
    fates: stepSizes.map((stepSize) => fateOf(walkFrom(start, stepSize), stepSize)),
  };
}

/** The exact surface on a square grid, `[count, count]`, rows follow b. */
export function surfaceGrid(
  extent: number,
  count: number,
): { axis: Float64Array; heights: Float64Array } {
  const axis = Float64Array.from({ length: count }, (_, i) => extent * ((2 * i) / (count - 1) - 1));
  const heights = new Float64Array(count * count);
  for (const [row, b] of axis.entries())
    for (const [column, a] of axis.entries()) heights[row * count + column] = twoWeightLoss([a, b]);
  return { axis, heights };
}

/** Both branches of the minima ab = 1 within the square. */
export function valleyLines(extent: number, count = 80): WeightPair[][] {
  const branch = Array.from({ length: count + 1 }, (_, i): WeightPair => {
    // Even in the logarithm of a, so that both arms are smooth.
    const a = extent ** ((2 * i) / count - 1);
    return [a, 1 / a];
  });
  return [branch, branch.map(([a, b]): WeightPair => [-a, -b])];
}
