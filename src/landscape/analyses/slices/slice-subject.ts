// The networks that slices show, with all that training kept of them, and once more without it.
import { plannedSteps } from '../../../learning/planned-steps.ts';
import type { WeightHistory } from '../../directions/fitted-snapshots.ts';
import type { SliceSpec } from '../../directions/plane-spec.ts';
import { soundNetworksOf } from '../../directions/solutions.ts';
import type { AnalysisContext, Condition, TrainedCondition } from '../analysis.ts';
import type { TensorsOf } from '../derived.ts';
import { historyAgain, measuredBy, type SlicePaths } from './slice-paths.ts';
import type { SlicesSpec } from './slices-result.ts';

export interface Subject<Of extends TrainedCondition = Condition> {
  readonly condition: Of;
  readonly history: WeightHistory;
  /** `[S * N]`: optimiser steps that each row of the snapshots had taken. */
  readonly steps: readonly number[];
}

/** The networks that the slices show: of one condition, or one of each. */
export function subjectOf(context: AnalysisContext, spec: SlicesSpec): Subject {
  const condition = measuredBy(context, spec);
  const { across } = spec;
  const history =
    across === undefined ? condition.history : historyAcross(context.conditions, across);
  const steps = stepsOfRows(history, (network) =>
    across === undefined
      ? condition.history.snapshotSteps
      : context.conditions[network]!.history.snapshotSteps,
  );
  return { condition, history, steps };
}

/** The same of conditions whose training is over. */
export function subjectAgain(
  context: AnalysisContext<TrainedCondition>,
  spec: SlicesSpec,
  tensors: TensorsOf<SlicePaths>,
): { subject: Subject<TrainedCondition>; paths: SlicePaths } {
  const condition = measuredBy(context, spec);
  const { history, paths } = historyAgain(context, spec, tensors);
  const planned = ({ experiment, data }: TrainedCondition) =>
    plannedSteps(experiment, data.train).snapshots;
  const steps = stepsOfRows(history, (network) =>
    planned(spec.across === undefined ? condition : context.conditions[network]!),
  );
  return { subject: { condition, history, steps }, paths };
}

/** Conditions may take steps of their own: an epoch of small batches has more of them. */
const stepsOfRows = (
  { snapshotSteps, networks }: WeightHistory,
  stepsOf: (network: number) => ArrayLike<number>,
): number[] =>
  Array.from(
    { length: snapshotSteps.length * networks },
    (_, row) => stepsOf(row % networks)[Math.floor(row / networks)] as number,
  );

/** Network `index` of every condition as the networks of one history. */
function historyAcross(conditions: readonly Condition[], index: number): WeightHistory {
  const [{ history: first }] = conditions as [Condition];
  const { parameters: P } = first;
  const S = first.snapshotSteps.length;
  const C = conditions.length;
  const snapshots = new Float32Array(S * C * P);
  conditions.forEach(({ history }, c) => {
    for (let s = 0; s < S; s++) {
      const from = (s * history.networks + index) * P;
      snapshots.set(history.snapshots.subarray(from, from + P), (s * C + c) * P);
    }
  });
  return {
    networks: C,
    parameters: P,
    snapshotSteps: first.snapshotSteps,
    snapshots,
    divergedAt: Int32Array.from(conditions, ({ history }) => history.divergedAt[index] as number),
  };
}

/** Rows of `snapshots` `[S * N, P]` that a slice marks. */
export function markerRows(spec: SliceSpec, history: WeightHistory): number[] {
  const { networks: N, snapshotSteps } = history;
  const S = snapshotSteps.length;
  const end = (network: number) => (S - 1) * N + network;
  const path = (network: number) => Array.from({ length: S }, (_, s) => s * N + network);
  const ends = () => soundNetworksOf(history).map(end);
  switch (spec.directions) {
    case 'pca':
      if (spec.of === 'one-run') return path(spec.network);
      return spec.of === 'all-runs' ? Array.from({ length: S * N }, (_, row) => row) : ends();
    case 'two-solutions':
      return spec.line.map(end);
    case 'three-solutions':
      return spec.plane.map(end);
    default:
      return spec.centre === 'mean' ? ends() : path(spec.centre.network);
  }
}
