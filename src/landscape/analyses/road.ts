// Whether networks renumbered to fit each other lie along one road in the order of their loss, and move on along it.
import { ExperimentError } from '../../learning/experiment-error.ts';
import { plannedSteps } from '../../learning/planned-steps.ts';
import {
  conditionOf,
  defineAnalysis,
  type PlannedCondition,
  type TrainedCondition,
} from './analysis.ts';
import { checkClasses, checkNetworks } from './checks.ts';
import { About, shaped, type Derived } from './derived.ts';
import { partOf } from './function-space/network-distances.ts';
import { axisPlaces, places, type Losses } from './road/road-axes.ts';
import { movesOnClaim } from './road/road-claims.ts';
import { factsOf, framesOf } from './road/road-derived.ts';
import { renumberingOf } from './road/road-picture.ts';
import { leastNetworks, roadPoints, type RoadPoints } from './road/road-points.ts';
import { recheckTrail } from './road/road-rechecks.ts';
import { trailOf } from './road/road-trail.ts';
import { roadSchema, type Axis, type RoadResult } from './road/road-result.ts';

export const road = defineAnalysis({
  schema: roadSchema,
  title:
    'whether renumbered networks lie along one road in the order of their loss, and move on along it',
  check(plan, spec) {
    const [condition, longer] = [conditionOf(plan, spec.condition), conditionOf(plan, spec.longer)];
    checkClasses(condition);
    checkNetworks(condition, leastNetworks);
    checkContinues(condition, longer);
  },
  async answer(context, spec): Promise<RoadResult> {
    const [condition, longer] = [
      conditionOf(context, spec.condition),
      conditionOf(context, spec.longer),
    ];
    const points = await roadPoints(context, spec);
    context.onProgress(0.5);
    const losses = lossesOf(points);
    const frames = framesOf(points, losses);
    const predicted = axisPlaces(frames.predictions, points.predictions);
    const { seed } = condition.experiment;
    const facts = factsOf(points, frames, predicted, { losses, draws: spec.draws, seed });
    context.onProgress(0.9);
    return {
      ...facts,
      ...ofSettings(condition, longer),
      ...renumberingOf(points, frames.aligned),
      ...(await trailOf(context, points, frames, [condition, longer])),
    };
  },
  claims: (_, __, result: RoadResult) => [movesOnClaim(result)],
  async derived(context, spec, tensors) {
    const [condition, longer] = [
      conditionOf(context, spec.condition),
      conditionOf(context, spec.longer),
    ];
    const points = await roadPoints(context, spec);
    const N = points.networks.length;
    const kept = {
      trainLoss: shaped(tensors.trainLoss, [N]),
      laterTrainLoss: shaped(tensors.laterTrainLoss, [N]),
    };
    const frames = framesOf(points, kept);
    const again = axisPlaces(frames.predictions, points.predictions);
    const predicted = {
      places: shaped(tensors.predictions.places, [N]),
      laterPlaces: shaped(tensors.predictions.laterPlaces, [N]),
    };
    const { seed } = condition.experiment;
    const facts = factsOf(points, frames, predicted, { losses: kept, draws: spec.draws, seed });
    const settings = ofSettings(condition, longer);
    const T = settings.trailEpochs.length;
    const measured = lossesOf(points);
    return {
      ...facts,
      trainLoss: new About(measured.trainLoss, lossTolerance),
      laterTrainLoss: new About(measured.laterTrainLoss, lossTolerance),
      predictions: {
        ...aboutShares(facts.predictions),
        places: new About(again.places, placeTolerance),
        laterPlaces: new About(again.laterPlaces, placeTolerance),
      },
      ...settings,
      ...renumberingOf(points, frames.aligned),
      trail: shaped(tensors.trail, [T, N, 3]),
      trailPlaces: shaped(tensors.trailPlaces, [T, N]),
      trailLoss: shaped(tensors.trailLoss, [T, N]),
    };
  },
  async recheck(context, spec, result: RoadResult) {
    const points = await roadPoints(context, spec);
    return recheckTrail(points, framesOf(points, lossesOf(points)), result);
  },
});

/** What single precision leaves of a loss and of a coordinate of predictions, on another provider. */
const lossTolerance = 1e-5;
const placeTolerance = 1e-3;
const shareTolerance = 1e-3;

/** Shares of predictions, which come out of another computation in single precision. */
function aboutShares(axis: Axis): Derived<Axis> {
  const about = (value: number) => new About(value, shareTolerance);
  const [low, high] = axis.along.interval;
  return {
    ...axis,
    explained: about(axis.explained),
    chance: { mean: about(axis.chance.mean), most: about(axis.chance.most) },
    along: { value: about(axis.along.value), interval: [about(low), about(high)] },
  };
}

const lossesOf = ({ trainLoss, laterTrainLoss }: RoadPoints): Losses => ({
  trainLoss: places(trainLoss),
  laterTrainLoss: places(laterTrainLoss),
});

function ofSettings(
  condition: TrainedCondition,
  longer: TrainedCondition,
): Pick<RoadResult, 'part' | 'epochs' | 'trailEpochs'> {
  const [shorter, further] = [condition.experiment.epochs, longer.experiment.epochs];
  const { snapshots, stepsPerEpoch } = plannedSteps(longer.experiment, longer.data.train);
  return {
    part: partOf(condition),
    epochs: { shorter, longer: further },
    trailEpochs: snapshots.map((step) => step / stepsPerEpoch).filter((epoch) => epoch >= shorter),
  };
}

/** Settings that a longer training may have of its own. */
const free: readonly string[] = [
  'name',
  'title',
  'epochs',
  'recordEvery',
  'snapshots',
  'converged',
];

/** @throws ExperimentError where the longer training is another one, or has no snapshot where the shorter one ends. */
function checkContinues(condition: PlannedCondition, longer: PlannedCondition): void {
  const [a, b] = [condition.experiment, longer.experiment];
  const pair = `"${longer.key}" is to go on where "${condition.key}" ends`;
  for (const [name, value] of Object.entries(a)) {
    const other = (b as Readonly<Record<string, unknown>>)[name];
    if (free.includes(name) || JSON.stringify(value) === JSON.stringify(other)) continue;
    throw new ExperimentError(`${pair}, but they differ in ${name}: set ${name} alike`);
  }
  if (a.schedule.kind === 'cosine')
    throw new ExperimentError(
      `${pair}, but a cosine schedule falls over all epochs: expected schedule.kind "constant" or "step"`,
    );
  const part = b.epochs / (b.snapshots - 1);
  if (b.epochs > a.epochs && Number.isInteger(a.epochs / part)) return;
  throw new ExperimentError(
    `${pair}, but keeps its weights every ${part} of ${b.epochs} epochs: expected more than ${a.epochs} epochs, and a snapshot after ${a.epochs}`,
  );
}
