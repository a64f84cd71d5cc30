// Whether a run's plane, and where its snapshots fall on it, follow from the snapshots.
import { numericArray } from '../landscape/analyses/numeric-array.ts';
import { placesOnPlane, planeOfHistory } from '../landscape/build-landscape.ts';
import type { Landscape, Plane } from '../landscape/landscape.ts';
import { plannedSteps } from '../learning/planned-steps.ts';
import type { TrainingHistory } from '../learning/history.ts';
import type { PreparedData } from '../learning/samples.ts';
import { checkDerived } from './check-again.ts';
import type { Manifest } from './manifest.ts';

const list = (values: ArrayLike<number>) => numericArray([values.length], values);

/** The steps at which losses were recorded and weights kept are those that the settings give. */
export function checkSteps(
  { experiment }: Manifest,
  { train }: PreparedData,
  { curves, snapshotSteps }: TrainingHistory,
  landscape: Landscape,
  where: string,
): string {
  const planned = plannedSteps(experiment, train);
  const epochs = planned.records.map((step) => step / planned.stepsPerEpoch);
  checkDerived(
    {
      records: list(curves.steps),
      epochs: list(curves.epochs),
      snapshots: list(snapshotSteps),
      'snapshots of the landscape': list(landscape.snapshotSteps),
    },
    {
      records: list(planned.records),
      epochs: list(epochs),
      snapshots: list(planned.snapshots),
      'snapshots of the landscape': list(planned.snapshots),
    },
    `${where}: steps`,
  );
  return `steps: ${planned.records.length} records and ${planned.snapshots.length} snapshots, at those that the settings give`;
}

export function checkPlane(
  { experiment, explainedVariance, nullExplainedVariance, projection }: Manifest,
  history: TrainingHistory,
  landscape: Landscape,
  plane: Plane,
  where: string,
): string {
  const again = planeOfHistory(experiment.directions, history);
  const places = placesOnPlane(plane, experiment, history);
  const shares = {
    explainedVariance: again.explainedVariance,
    nullExplainedVariance: again.nullExplainedVariance,
  };
  const placed = (of: typeof places) => ({
    coordinates: list(of.coordinates),
    offPlane: list(of.offPlane),
    xs: list(of.xs),
    ys: list(of.ys),
  });
  const { kind, method } = landscape;
  const count = checkDerived(
    {
      explainedVariance,
      nullExplainedVariance,
      projection,
      plane: { origin: list(plane.origin), directions: list(plane.directions) },
      landscape: {
        kind,
        method,
        explainedVariance: landscape.explainedVariance,
        nullExplainedVariance: landscape.nullExplainedVariance,
        ...placed(landscape),
      },
    },
    {
      ...shares,
      projection: again.method,
      plane: { origin: list(again.plane.origin), directions: list(again.plane.directions) },
      landscape: {
        kind: experiment.directions,
        method: again.method,
        ...shares,
        ...placed(places),
      },
    },
    where,
  );
  return `plane: it, all places on it and ${count} facts about it follow from the snapshots`;
}
