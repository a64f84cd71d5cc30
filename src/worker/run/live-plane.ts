// The plane on which walkers are watched while they train: the published one where it fits, else that of their own starts.
import { principalComponents } from '../../landscape/pca.ts';
import type { Plane } from '../../landscape/landscape.ts';
import {
  evenlySpaced,
  footPoints,
  planeOfComponents,
  projectOntoPlane,
  writePointOnPlane,
} from '../../landscape/plane.ts';
import type { Evaluation } from '../../learning/evaluator.ts';
import type { MapWindow } from './map-window.ts';
import type { PlaneFacts, Positions, Surface } from './run-messages.ts';

type Evaluate = (weights: Float32Array) => Promise<Evaluation>;

export interface LivePlane {
  readonly plane: Plane;
  readonly facts: PlaneFacts;
}

/** Multiplications that one sketch of the surface may take: a fraction of a second in WebAssembly. */
const sketchBudget = 4e8;

/** The two leading components of the untrained weights `[N, P]`, through their mean. */
export function planeOfStarts(weights: Float32Array, networks: number): LivePlane {
  const parameters = weights.length / networks;
  const components = principalComponents(weights, networks, parameters, 2);
  const { method, explainedVariance } = components;
  return {
    plane: planeOfComponents(components),
    // Untrained weights are the null that an explained variance is held against: here the two are one.
    facts: { kind: 'pca', method, explainedVariance, nullExplainedVariance: explainedVariance },
  };
}

/** Where N networks `[N, P]` are on the plane, what they lose there and where they truly are. */
export async function positionsOn(
  plane: Plane,
  weights: Float32Array,
  trueLoss: Float32Array,
  step: number,
  evaluate: Evaluate,
): Promise<Positions> {
  const { coordinates, offPlane } = projectOntoPlane(plane, weights);
  const { loss: planeLoss } = await evaluate(footPoints(plane, coordinates));
  return { step, coordinates, offPlane, trueLoss, planeLoss };
}

/** How many grid points a side a sketch may have for networks of `parameters` weights on `samples` points. */
export function sketchSize(parameters: number, samples: number): number {
  const points = sketchBudget / (parameters * Math.max(1, samples));
  return Math.round(Math.min(41, Math.max(13, Math.sqrt(points))));
}

/** The training loss, evaluated on a coarse grid over a part of the plane. */
export async function sketchSurface(
  { plane, facts }: LivePlane,
  { xs: acrossRange, ys: upRange }: Pick<MapWindow, 'xs' | 'ys'>,
  size: number,
  evaluate: Evaluate,
): Promise<Surface> {
  const xs = evenlySpaced(...acrossRange, size);
  const ys = evenlySpaced(...upRange, size);
  const parameters = plane.origin.length;
  const weights = new Float32Array(size * size * parameters);
  for (let i = 0; i < size * size; i++) {
    writePointOnPlane(plane, xs[i % size]!, ys[Math.floor(i / size)]!, weights, i * parameters);
  }
  const { loss, accuracy } = await evaluate(weights);
  return { ...facts, xs, ys, loss, testLoss: null, accuracy };
}
