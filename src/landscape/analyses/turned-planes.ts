// One plane through a trained network, turned from its sharpest directions over its own walk to two other solutions, and the loss on it all the way.
import { createEvaluator } from '../../learning/evaluator.ts';
import { randomStream } from '../../learning/random.ts';
import { createDerivatives, stoppable, type Derivatives } from '../curvature/derivatives.ts';
import { hessianEigenpairs } from '../curvature/extreme-eigenpairs.ts';
import { gatherRows } from '../rows.ts';
import { evaluateSlice } from '../slices/evaluate-slice.ts';
import { pointsAt, type Frame } from '../slices/frame.ts';
import { createSliceEvaluator } from '../slices/slice-evaluator.ts';
import { gridCoordinates } from '../slices/slice.ts';
import {
  conditionOf,
  defineAnalysis,
  lossOptions,
  rowOf,
  soundNetworks,
  using,
  type AnalysisContext,
  type Recheck,
  type TrainedCondition,
} from './analysis.ts';
import { checkNetworks } from './checks.ts';
import { About, shaped, type TensorsOf } from './derived.ts';
import { forComputing, numericArray } from './numeric-array.ts';
import { rayleighQuotients, sameEigenvalue, sameLoss } from './rechecks.ts';
import {
  lossesOf,
  measuresOfFrames,
  stationsOf,
  turnedFrames,
  type TurnSources,
} from './turned-planes/turned-frames.ts';
import {
  turnedPlanesSchema,
  type TurnedPlanesResult,
  type TurnedPlanesSpec,
} from './turned-planes/turned-planes-result.ts';

export const turnedPlanes = defineAnalysis({
  schema: turnedPlanesSchema,
  title: 'one plane through a trained network, turned, and the loss on it all the way',
  check(plan, { condition, network, towards }) {
    const most = Math.max(network, ...towards);
    checkNetworks(conditionOf(plan, condition), most + 1, 'name networks that there are');
  },
  async answer(context, spec): Promise<TurnedPlanesResult> {
    const condition = conditionOf(context, spec.condition);
    const { snapshots, networks: N, parameters: P, snapshotSteps } = condition.history;
    const S = snapshotSteps.length;
    const rows = Array.from({ length: S }, (_, s) => s * N + spec.network);
    return using(createDerivatives(lossOptions(context, condition)), async (made) => {
      const derivatives = stoppable(made, context.signal);
      const centre = rowOf(condition.final, P, spec.network);
      const { top } = await hessianEigenpairs(derivatives, centre, {
        top: 2,
        bottom: 0,
        seed: condition.experiment.seed,
      });
      const sources = sourcesOf(condition, spec, gatherRows(snapshots, P, rows), top.vectors);
      const frames = turnedFrames(sources);
      const measures = measuresOfFrames(frames, sources);
      const T = frames.length;
      const axis = measures.axis.values;
      const losses: Float32Array[] = [];
      for (const frame of frames) {
        losses.push(await lossesOn(context, condition, frame, axis));
        context.onProgress(losses.length / (T + 1));
      }
      const { loss } = await derivatives.gradient(centre);
      const curvature = numericArray([T, 2], await curvaturesOf(derivatives, frames));
      return {
        network: spec.network,
        towards: spec.towards,
        steps: spec.steps,
        centreLoss: loss[0]!,
        ...measures,
        losses: lossesOf(T, spec.size, losses),
        curvature,
        stations: stationsOf(spec.steps, measures.walkShare, curvature),
        sharpest: forComputing([2, P], top.vectors),
        snapshots: forComputing([S, P], sources.snapshots),
      };
    });
  },
  async derived(context, spec, tensors) {
    const condition = conditionOf(context, spec.condition);
    const sources = sourcesAgain(condition, spec, tensors);
    const frames = turnedFrames(sources);
    const T = frames.length;
    const P = sources.parameters;
    const measures = measuresOfFrames(frames, sources);
    const centreLoss = await using(
      createEvaluator(lossOptions(context, condition)),
      ({ evaluate }) => evaluate(frames[0]!.origin),
    );
    return {
      network: spec.network,
      towards: spec.towards,
      steps: spec.steps,
      centreLoss: new About(centreLoss.loss[0]!, 1e-5),
      ...measures,
      stations: stationsOf(spec.steps, measures.walkShare, tensors.curvature),
      losses: shaped(tensors.losses, [T, spec.size, spec.size]),
      curvature: shaped(tensors.curvature, [T, 2]),
      sharpest: shaped(tensors.sharpest, [2, P]),
      snapshots: forComputing([sources.snapshots.length / P, P], sources.snapshots),
    };
  },
  recheck: recheckTurn,
});

function sourcesOf(
  condition: TrainedCondition,
  { network, towards, steps, size }: TurnedPlanesSpec,
  snapshots: Float32Array,
  sharpest: Float32Array,
): TurnSources {
  const { final, experiment } = condition;
  const P = final.length / experiment.initialisations;
  const sound = new Set(soundNetworks(condition));
  const bad = [network, ...towards].find((each) => !sound.has(each));
  if (bad !== undefined)
    throw new RangeError(`network ${bad} diverged: a plane goes through networks that did not`);
  const others = gatherRows(final, P, [...towards]);
  return { snapshots, others, sharpest, parameters: P, steps, size };
}

/** Start and end are those of the condition, whatever was kept of the walk between. */
function sourcesAgain(
  condition: TrainedCondition,
  spec: TurnedPlanesSpec,
  tensors: Pick<TensorsOf<TurnedPlanesResult>, 'snapshots' | 'sharpest'>,
): TurnSources {
  const { initial, final, experiment } = condition;
  const P = final.length / experiment.initialisations;
  const snapshots = shaped(tensors.snapshots, [
    tensors.snapshots.values.length / P,
    P,
  ]).values.slice();
  snapshots.set(rowOf(initial, P, spec.network));
  snapshots.set(rowOf(final, P, spec.network), snapshots.length - P);
  const sharpest = shaped(tensors.sharpest, [2, P]).values;
  return sourcesOf(condition, spec, snapshots, sharpest);
}

const lossesOn = (
  context: AnalysisContext,
  condition: TrainedCondition,
  frame: Frame,
  axis: Float32Array,
): Promise<Float32Array> =>
  using(createSliceEvaluator(lossOptions(context, condition), frame), async ({ evaluate }) => {
    const options = { frame, axes: [axis, axis], evaluateTrain: evaluate, evaluateTest: null };
    return (await evaluateSlice({ ...options, signal: context.signal })).loss;
  });

/** `[T, 2]`: u'Hu of both directions of each plane, at the centre. */
async function curvaturesOf(
  derivatives: Derivatives,
  frames: readonly Frame[],
): Promise<Float64Array> {
  const P = derivatives.parameters;
  const M = 2 * frames.length;
  const [weights, directions] = [new Float32Array(M * P), new Float32Array(M * P)];
  for (const [t, { origin, basis }] of frames.entries()) {
    weights.set(origin, 2 * t * P);
    weights.set(origin, (2 * t + 1) * P);
    directions.set(basis, 2 * t * P);
  }
  const products = await derivatives.hessianVectorProduct(weights, directions);
  return rayleighQuotients(directions, products, M);
}

/** How many points of each plane are evaluated again. */
const checkedPoints = 4;

async function recheckTurn(
  context: AnalysisContext<TrainedCondition>,
  spec: TurnedPlanesSpec,
  result: TurnedPlanesResult,
): Promise<Recheck[]> {
  const condition = conditionOf(context, spec.condition);
  const frames = turnedFrames(sourcesAgain(condition, spec, result));
  const axis = result.axis.values;
  const cells = axis.length ** 2;
  const random = randomStream(condition.experiment.seed, 'turned-planes');
  const options = lossOptions(context, condition);
  const losses = await using(createEvaluator(options), async ({ evaluate }) => {
    const checks: Recheck[] = [];
    for (const [t, frame] of frames.entries())
      for (let i = 0; i < checkedPoints; i++) {
        const cell = random.integer(cells);
        const point = pointsAt(frame, gridCoordinates([axis, axis], cell, 1));
        const { loss } = await evaluate(point);
        const recorded = result.losses.values[t * cells + cell]!;
        checks.push(sameLoss(`loss at a point of plane ${t} of the turn`, recorded, loss[0]!));
      }
    return checks;
  });
  const curvatures = await using(createDerivatives(options), (derivatives) =>
    curvaturesOf(derivatives, frames),
  );
  return [
    ...losses,
    ...Array.from(curvatures, (again, i) =>
      sameEigenvalue(
        `curvature along direction ${(i % 2) + 1} of plane ${Math.floor(i / 2)}`,
        result.curvature.values[i]!,
        again,
      ),
    ),
  ];
}
