// Planes through plain and residual networks as a picture wants them: a column a depth, a row a kind of network.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { ConditionConvexity } from '../../landscape/analyses/convexity/convexity-result.ts';
import { oneOf, orNull, pickedNetwork, truth, type StateOf } from '../kit/state-fields.ts';
import { resultOfKind } from '../kit/study-results.ts';

export const depthConvexityState = {
  /** The ratio of negative to positive curvature, or the loss with the share of it that curves down. */
  show: oneOf(['ratio', 'loss'], 'ratio'),
  /** The network whose plane is drawn; null for the mean of the planes, or the first network's loss. */
  selected: pickedNetwork(),
  /** Draws the controls with exchanged starts, too. */
  unscaled: truth(true),
  /** Which kind a reader guessed to be smoother at the largest depth. */
  guess: orNull(oneOf(['plain', 'residual', 'same'], 'same')),
  /** False: residual networks are not shown yet. */
  revealed: truth(false),
};
export type DepthConvexityState = StateOf<typeof depthConvexityState>;

export type DepthKind = 'plain' | 'residual';

export interface DepthCell {
  readonly key: string;
  readonly title: string;
  readonly kind: DepthKind;
  readonly column: number;
  readonly convexity: ConditionConvexity;
}

export interface DepthColumn {
  readonly depth: number;
  /** Starts exchanged: residual networks with full-size weights, plain ones with small weights. A column of its own. */
  readonly isUnscaled: boolean;
}

export interface DepthGrid {
  readonly columns: readonly DepthColumn[];
  readonly cells: readonly DepthCell[];
  /** What the Hessian's eigenvalues were computed on: points a side, and planes. */
  readonly hessianSize: number;
  readonly hessianNetworks: number;
  readonly radius: number;
  readonly gridSize: number;
}

export function depthGridOf(data: StudyDisplay): DepthGrid | null {
  const found = resultOfKind(data, 'convexity');
  const spec = found && data.study.analyses[found.name];
  if (!found || spec?.kind !== 'convexity') return null;
  const isUnscaled = (key: string): boolean => {
    const experiment = data.study.conditions.find((condition) => condition.key === key)?.experiment;
    if (!experiment) return false;
    const isScaled = 'scale' in experiment.initialiser && experiment.initialiser.scale !== 1;
    return experiment.residual !== isScaled;
  };
  const entries = Object.entries(found.result.conditions).map(([key, convexity]) => ({
    key,
    convexity,
    unscaled: isUnscaled(key),
  }));
  const columns: DepthColumn[] = [];
  for (const { convexity, unscaled } of entries) {
    const isThere = columns.some(
      ({ depth, isUnscaled: own }) => depth === convexity.depth && own === unscaled,
    );
    if (!isThere) columns.push({ depth: convexity.depth, isUnscaled: unscaled });
  }
  columns.sort((a, b) => Number(a.isUnscaled) - Number(b.isUnscaled) || a.depth - b.depth);
  const cells = entries.map(({ key, convexity, unscaled }): DepthCell => ({
    key,
    title: data.study.conditions.find((condition) => condition.key === key)?.title ?? key,
    kind: convexity.residual ? 'residual' : 'plain',
    column: columns.findIndex(
      ({ depth, isUnscaled: own }) => depth === convexity.depth && own === unscaled,
    ),
    convexity,
  }));
  return {
    columns,
    cells,
    hessianSize: spec.hessianSize,
    hessianNetworks: spec.hessianNetworks,
    radius: spec.radius,
    gridSize: spec.size,
  };
}

export interface DepthView extends DepthGrid {
  readonly data: StudyDisplay;
}

export function viewOfDepth(data: StudyDisplay): DepthView | string {
  const grid = depthGridOf(data);
  return grid ? { ...grid, data } : 'This study laid no planes through its networks.';
}

/** `[g * g]`: the ratio on the plane of one network by its place, or the mean over all planes at each point. */
export function ratiosOf({ hessianRatio }: ConditionConvexity, place: number | null): number[] {
  const [planes = 1, rows = 1, columns = rows] = hessianRatio.shape;
  const points = rows * columns;
  if (place !== null && place < planes)
    return Array.from(hessianRatio.values.subarray(place * points, (place + 1) * points));
  return Array.from({ length: points }, (_, p) => {
    const all = Array.from({ length: planes }, (__, h) => hessianRatio.values[h * points + p]!);
    const finite = all.filter(Number.isFinite);
    return finite.reduce((sum, value) => sum + value, 0) / finite.length;
  });
}
