// The graphs that are compiled for an experiment, built by the very functions that a run builds them with.
import type { Tensor } from '../../src/engine/graph/index.ts';
import {
  derivativeChunk,
  derivativeGraphs,
  type DerivativeKind,
} from '../../src/landscape/curvature/derivatives.ts';
import type { ChunkRoom } from '../../src/learning/chunks.ts';
import { evaluationGraph } from '../../src/learning/evaluator.ts';
import type { Experiment } from '../../src/learning/experiment.ts';
import { networkShapeOf } from '../../src/learning/network-of.ts';
import { optimiserRule } from '../../src/learning/optimisers.ts';
import { populationGraphs } from '../../src/learning/population-graphs.ts';
import type { PreparedData } from '../../src/learning/samples.ts';
import { TrainingPlan } from '../../src/learning/training-plan.ts';

/** What is compiled, and what it is for. */
export const graphKinds = {
  step: 'optimiser steps, as training takes them',
  measure: 'what a record of training holds',
  evaluate: 'loss and accuracy, as landscapes and analyses ask for them',
  gradient: 'loss and gradient',
  'hessian-vector': 'the Hessian times a vector',
} as const;

export type GraphKind = keyof typeof graphKinds;

export interface GraphOptions {
  readonly experiment: Experiment;
  readonly data: PreparedData;
  /** What it is compiled for. */
  readonly executor: ChunkRoom;
  readonly memoryBudget: number;
  /** Optimiser steps in one graph; as many as training takes at once unless it is given. */
  readonly steps?: number | undefined;
}

export interface ExperimentGraph {
  readonly kind: GraphKind;
  /** As they are built, not tidied yet. */
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** Optimiser steps in the graph; null where it takes none. */
  readonly steps: number | null;
}

export function experimentGraph(kind: GraphKind, options: GraphOptions): ExperimentGraph {
  const { experiment, data, steps } = options;
  switch (kind) {
    case 'step': {
      const count = steps ?? new TrainingPlan(experiment, data.train).unroll;
      return { kind, outputs: trainingGraphs(options).steps(count), steps: count };
    }
    case 'measure':
      return { kind, outputs: trainingGraphs(options).measurement(), steps: null };
    case 'evaluate':
      return { kind, outputs: evaluationGraph(lossOptions(options)), steps: null };
    case 'gradient':
      return { kind, outputs: derivativeGraph('gradient', options), steps: null };
    case 'hessian-vector':
      return { kind, outputs: derivativeGraph('product', options), steps: null };
  }
}

const trainingGraphs = (options: GraphOptions) =>
  populationGraphs({
    ...options,
    network: networkShapeOf(options.experiment, options.data),
    rule: optimiserRule(options.experiment.optimiser, options.experiment.weightDecay),
  });

/** On the training part. */
const lossOptions = ({ experiment, data, executor, memoryBudget }: GraphOptions) => ({
  executor,
  memoryBudget,
  network: networkShapeOf(experiment, data),
  loss: experiment.loss,
  samples: data.train,
});

/** Of all networks of the experiment, as many as fit at once. */
function derivativeGraph(kind: DerivativeKind, options: GraphOptions): Record<string, Tensor> {
  const loss = lossOptions(options);
  const chunk = derivativeChunk(kind, loss, options.experiment.initialisations);
  return derivativeGraphs[kind](loss, chunk);
}
