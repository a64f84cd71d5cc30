// What a study holds at once: the snapshots of all its conditions stay while its analyses ask about them.
import type { StudyCondition } from '../src/landscape/study.ts';
import { estimateMemory, formatBytes } from '../src/learning/memory.ts';
import { networkShapeOf } from '../src/learning/network-of.ts';
import { parameterCount } from '../src/learning/network-shape.ts';
import type { PreparedData } from '../src/learning/samples.ts';
import { CommandError } from './command-error.ts';

const float32 = 4;

/**
 * Bytes that the networks of all conditions take, snapshots with the copies of first and last.
 *
 * @throws CommandError where what is left of `budget` is too little to train one of them.
 */
export function bytesHeld(
  study: string,
  conditions: readonly (Pick<StudyCondition, 'experiment'> & { readonly data: PreparedData })[],
  budget: number,
): number {
  const each = conditions.map(({ experiment, data }) => {
    const { initialisations, snapshots } = experiment;
    const weights = parameterCount(networkShapeOf(experiment, data));
    return initialisations * (snapshots + 2) * weights * float32;
  });
  const all = each.reduce((sum, bytes) => sum + bytes, 0);
  const needed = Math.max(
    ...conditions.map(({ experiment, data }, i) => {
      const { fixed, perNetwork } = estimateMemory(experiment, data);
      return all + perNetwork + Math.max(0, fixed - each[i]!);
    }),
  );
  if (needed <= budget) return all;
  throw new CommandError(
    `the study ${study} needs at least ${formatBytes(needed)}, of which ${formatBytes(all)} for the networks of ${conditions.length} conditions: expected at most the memory budget of ${formatBytes(budget)}; compare fewer conditions, lower snapshots or initialisations, or raise --memory`,
  );
}
