// What follows from losses along curves and from their bends: barriers, lengths, and means over pairs.
import { spreadIndices } from '../../../learning/spread-indices.ts';
import { barriersOf } from '../../paths/barrier.ts';
import { detours, type Curves } from '../../paths/curve-points.ts';
import { evenAlphas } from '../../paths/interpolation.ts';
import {
  conditionOf,
  soundNetworks,
  type AnalysisContext,
  type TrainedCondition,
} from '../analysis.ts';
import { shaped, shapedIf, type Derived, type TensorsOf } from '../derived.ts';
import { estimateOfMean } from '../estimates.ts';
import { numericArray, onLogScale } from '../numeric-array.ts';
import { endsOf } from '../straight-lines.ts';
import type { CurveResult, PathLosses, CurvesSpec } from './curves-result.ts';

export function curvesAgain(
  context: AnalysisContext<TrainedCondition>,
  spec: CurvesSpec,
  tensors: TensorsOf<CurveResult>,
): Derived<CurveResult> {
  const condition = conditionOf(context, spec.condition);
  const pairs = pairsOf(soundNetworks(condition, 2), spec.pairs);
  const ends = endsOf(condition, condition, pairs);
  const P = ends.from.length / pairs.length;
  const { seed } = condition.experiment;
  const at = evenAlphas(spec.points);
  const again = (own: TensorsOf<PathLosses>) => lossesAgain(condition, own, pairs.length, at);
  const curves = Object.entries(spec.curves).map(([name, { shape, bends, steps }]) => {
    const own = tensors.curves[name]!;
    const kept = shaped(own.bends, [pairs.length, bends, P]);
    const derived: Derived<CurveResult['curves'][string]> = {
      shape,
      ...again(own),
      ...detoursOf({ shape, ...ends, bends: kept.values }, at, P, seed),
      training: shaped(own.training, [pairs.length, keptSteps(steps).length]),
      bends: kept,
    };
    return [name, derived] as const;
  });
  return {
    pairs,
    at: numericArray([at.length], at),
    straight: again(tensors.straight),
    curves: Object.fromEntries(curves),
  };
}

function lossesAgain(
  { data, experiment }: TrainedCondition,
  tensors: TensorsOf<PathLosses>,
  C: number,
  at: readonly number[],
): PathLosses {
  const shape = [C, at.length];
  const loss = shaped(tensors.loss, shape);
  return {
    loss,
    testLoss: shapedIf(data.test.count > 0, tensors.testLoss, shape),
    accuracy: shapedIf(data.classNames.length > 0, tensors.accuracy, shape),
    ...barriersAlong(loss.values, at, experiment.seed),
  };
}

export function pairsOf(networks: readonly number[], most: number): [number, number][] {
  const count = Math.min(most, Math.floor(networks.length / 2));
  return Array.from({ length: count }, (_, c) => [networks[2 * c]!, networks[2 * c + 1]!]);
}

/** Of the losses while a curve was trained, those that are kept. */
export const keptSteps = (steps: number): number[] => spreadIndices(steps, 200);

export function detoursOf(
  shape: Curves,
  at: readonly number[],
  P: number,
  seed: number,
): Pick<CurveResult['curves'][string], 'detour' | 'meanDetour'> {
  const detour = detours(shape, at, P);
  return {
    detour: numericArray([detour.length], detour),
    meanDetour: estimateOfMean(detour, seed),
  };
}

export function barriersAlong(
  loss: Float32Array,
  at: readonly number[],
  seed: number,
): Pick<PathLosses, 'barrier' | 'meanBarrier'> {
  const { barrier } = barriersOf(loss, at);
  return {
    barrier: onLogScale([barrier.length], barrier),
    meanBarrier: estimateOfMean(barrier, seed),
  };
}
