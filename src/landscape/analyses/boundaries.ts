// What each network would answer everywhere on the plane of its inputs.
import { z } from 'zod';
import { createPredictor } from '../../learning/evaluator.ts';
import { boundaryGrid, buildBoundaries, hasBoundaries } from '../build-boundaries.ts';
import type { Boundaries } from '../boundaries.ts';
import { displayBudget } from '../thin.ts';
import { boundariesResult, type BoundariesResult } from './boundaries/boundaries-result.ts';
import {
  conditionOf,
  defineAnalysis,
  using,
  type AnalysisContext,
  type TrainedCondition,
} from './analysis.ts';
import { About, shaped } from './derived.ts';
import type { NumericArray } from './numeric-array.ts';

const none: BoundariesResult = { extent: null, size: null, classes: null, probability: null };

export const boundaries = defineAnalysis({
  schema: z.strictObject({ kind: z.literal('boundaries') }),
  title: 'what each network answers everywhere on the plane of its inputs',
  check: (plan) => void conditionOf(plan, undefined),
  async answer(context): Promise<BoundariesResult> {
    const found = await boundariesOf(context);
    context.onProgress(1);
    return found ? boundariesResult(found) : none;
  },
  async derived(context, _, { classes }) {
    const found = await boundariesOf(context);
    if (!found) return none;
    const again = boundariesResult(found) as { classes: NumericArray; probability: NumericArray };
    return {
      ...boundariesResult(found),
      classes: sameButForFew(shaped(classes ?? undefined, again.classes.shape), again.classes),
      probability: new About(again.probability, sameProbability),
    };
  },
});

/** Two providers differ in late digits of logits, which may be hundreds far from all points. */
const sameProbability = 1e-3;

/** Of the points of a grid, how many may fall to the other side of a boundary on another provider. */
const flipped = 0.002;

function sameButForFew(recorded: NumericArray, again: NumericArray): NumericArray {
  const isClass = recorded.values.every((value) => Number.isInteger(value) && value >= 0);
  const others = again.values.reduce((sum, own, i) => sum + Number(own !== recorded.values[i]), 0);
  return isClass && others <= Math.max(2, flipped * again.values.length) ? recorded : again;
}

/** Null where there are none. */
async function boundariesOf(
  context: Pick<
    AnalysisContext<TrainedCondition>,
    'conditions' | 'executor' | 'memoryBudget' | 'signal'
  >,
): Promise<Boundaries | null> {
  const { experiment, data, network, final } = conditionOf(context, undefined);
  context.signal.throwIfAborted();
  if (!hasBoundaries(data)) return null;
  const networks = experiment.initialisations;
  const size = boundarySize(networks, data.outputs);
  const { executor, memoryBudget } = context;
  const making = createPredictor({
    executor,
    network,
    inputs: boundaryGrid(data, size).inputs,
    count: size * size,
    memoryBudget,
  });
  return using(making, ({ predict }) =>
    buildBoundaries({
      predict,
      data,
      networks,
      weights: final,
      size,
      // An eighth of what chunks may take, since outputs are copied on the way.
      ...(memoryBudget === undefined ? {} : { blockBytes: memoryBudget / 8 }),
    }),
  );
}

/** Grid points a side for the boundaries of so many networks within the budget of a figure's bytes. */
export function boundarySize(networks: number, classes: number): number {
  const bytesAPoint = classes > 2 ? 2 : 1 + 1 / 8;
  const largest = Math.floor(Math.sqrt(displayBudget / (networks * bytesAPoint)));
  return Math.max(8, Math.min(40, largest));
}
