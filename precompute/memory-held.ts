// What an artifact's computation holds at once: the snapshots of all its conditions stay while its analyses ask about them.
import type { PlannedCondition } from '../src/landscape/analyses/analysis.ts';
import { checkMemory, estimateMemory, formatBytes } from '../src/learning/memory.ts';
import { networkShapeOf } from '../src/learning/network-of.ts';
import { parameterCount } from '../src/learning/network-shape.ts';
import type { PreparedData } from '../src/learning/samples.ts';
import { CommandError } from './command-error.ts';

export type PreparedExperiment = Pick<PlannedCondition, 'experiment'> & {
  readonly data: PreparedData;
};

export interface HeldMemory {
  /** Bytes that the networks of all conditions take. */
  readonly all: number;
  /** Bytes that must be there while a condition is trained, those of the others among them. */
  readonly whileTraining: readonly number[];
}

const float32 = 4;

/**
 * @throws ExperimentError where `budget` is too little to train one of the conditions alone, CommandError where it is
 * too little beside the others.
 */
export function memoryHeld(
  name: string,
  conditions: readonly PreparedExperiment[],
  budget: number,
): HeldMemory {
  for (const { experiment, data } of conditions) checkMemory(experiment, data, budget);
  const each = conditions.map(({ experiment, data }) => {
    const { initialisations, snapshots } = experiment;
    const weights = parameterCount(networkShapeOf(experiment, data));
    return initialisations * snapshots * weights * float32;
  });
  const all = each.reduce((sum, bytes) => sum + bytes, 0);
  const estimates = conditions.map(({ experiment, data }) => estimateMemory(experiment, data));
  const whileTraining = estimates.map(({ fixed }, i) => all + Math.max(0, fixed - each[i]!));
  const needed = Math.max(...estimates.map(({ perNetwork }, i) => whileTraining[i]! + perNetwork));
  if (needed <= budget) return { all, whileTraining };
  throw new CommandError(
    `the study ${name} needs at least ${formatBytes(needed)}, of which ${formatBytes(all)} for the networks of ${conditions.length} conditions: expected at most the memory budget of ${formatBytes(budget)}; compare fewer conditions, lower snapshots or initialisations, or raise --memory`,
  );
}
