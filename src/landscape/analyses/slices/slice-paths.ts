// The snapshots that slices are drawn through, kept with them, so that frames and markers can be made again.
import { plannedSteps } from '../../../learning/planned-steps.ts';
import type { WeightHistory } from '../../directions/fitted-snapshots.ts';
import type { SliceSpec } from '../../directions/plane-spec.ts';
import { conditionOf, rowOf, type AnalysisContext, type TrainedCondition } from '../analysis.ts';
import { shaped, type TensorsOf } from '../derived.ts';
import { forComputing, type NumericArray } from '../numeric-array.ts';

/** What of the history of N networks is not in an artifact without it. */
export interface SlicePaths {
  /** `[N]`: the step at which a network diverged, -1 for never. */
  readonly divergedAt: NumericArray;
  /** `[S - 2, M, P]`: between start and end, of the M networks whose paths are shown; null where there are none. */
  readonly between: NumericArray | null;
}

/** Whose networks slices show. */
export interface SliceSubjects {
  readonly condition?: string | undefined;
  readonly across?: number | undefined;
  readonly slices: Readonly<Record<string, SliceSpec>>;
}

/** The condition whose data and loss measure the slices. */
export const measuredBy = <Of extends TrainedCondition>(
  context: Pick<AnalysisContext<Of>, 'conditions'>,
  { condition, across }: Pick<SliceSubjects, 'condition' | 'across'>,
): Of => (across === undefined ? conditionOf(context, condition) : (context.conditions[0] as Of));

/** The networks, by number, of which more than start and end is marked or fitted. */
function networksWithPaths({ slices }: SliceSubjects, N: number): number[] {
  const chosen = Object.values(slices).flatMap((spec): number[] => {
    switch (spec.directions) {
      case 'pca':
        if (spec.of === 'all-runs') return Array.from({ length: N }, (_, network) => network);
        return spec.of === 'one-run' ? [spec.network] : [];
      case 'two-solutions':
      case 'three-solutions':
        return [];
      default:
        return spec.centre === 'mean' ? [] : [spec.centre.network];
    }
  });
  return [...new Set(chosen)].filter((network) => network < N).sort((a, b) => a - b);
}

export function pathsOf(history: WeightHistory, spec: SliceSubjects): SlicePaths {
  const { networks: N, parameters: P, snapshots, snapshotSteps, divergedAt } = history;
  const own = networksWithPaths(spec, N);
  const inner = snapshotSteps.length - 2;
  const between = new Float32Array(Math.max(0, inner) * own.length * P);
  for (let s = 0; s < inner; s++)
    own.forEach((network, m) =>
      between.set(rowOf(snapshots, P, (s + 1) * N + network), (s * own.length + m) * P),
    );
  return {
    divergedAt: forComputing([N], divergedAt),
    between: between.length > 0 ? forComputing([inner, own.length, P], between) : null,
  };
}

/** The history again, from starts, ends and what was kept; snapshots that nothing is drawn from are NaN. */
export function historyAgain(
  context: Pick<AnalysisContext<TrainedCondition>, 'conditions'>,
  spec: SliceSubjects,
  tensors: TensorsOf<SlicePaths>,
): { readonly history: WeightHistory; readonly paths: SlicePaths } {
  const { across } = spec;
  const condition = measuredBy(context, spec);
  const { experiment, data, final } = condition;
  const P = final.length / experiment.initialisations;
  const N = across === undefined ? experiment.initialisations : context.conditions.length;
  const snapshotSteps = Int32Array.from(plannedSteps(experiment, data.train).snapshots);
  const S = snapshotSteps.length;
  const own = networksWithPaths(spec, N);
  const snapshots = new Float32Array(S * N * P).fill(NaN);
  for (let network = 0; network < N; network++) {
    const [from, row] =
      across === undefined ? [condition, network] : [context.conditions[network]!, across];
    snapshots.set(rowOf(from.initial, P, row), network * P);
    snapshots.set(rowOf(from.final, P, row), ((S - 1) * N + network) * P);
  }
  const between = S > 2 && own.length > 0 ? shaped(tensors.between, [S - 2, own.length, P]) : null;
  for (let s = 0; between && s < S - 2; s++)
    own.forEach((network, m) =>
      snapshots.set(rowOf(between.values, P, s * own.length + m), ((s + 1) * N + network) * P),
    );
  const divergedAt = shaped(tensors.divergedAt, [N]);
  return {
    history: {
      networks: N,
      parameters: P,
      snapshotSteps,
      snapshots,
      divergedAt: Int32Array.from(divergedAt.values),
    },
    paths: { divergedAt, between },
  };
}
