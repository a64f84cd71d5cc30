// Stage 1: the samples, split and normalised, checked against the memory budget and the weights to start from.
import { checkStartWeights, type StartWeights } from '../../src/artifact/start-weights.ts';
import type { Experiment } from '../../src/learning/experiment.ts';
import { checkMemory } from '../../src/learning/memory.ts';
import { networkShapeOf } from '../../src/learning/network-of.ts';
import { prepareData, type DataSources } from '../../src/learning/prepare-data.ts';
import type { PreparedData } from '../../src/learning/samples.ts';

/**
 * @throws ExperimentError where the experiment cannot fit in `memory` bytes, naming the estimate, or where `start` are
 * the weights of other networks.
 */
export async function dataStage(
  experiment: Experiment,
  sources: DataSources,
  start: StartWeights | null,
  memory: number,
): Promise<PreparedData> {
  const data = await prepareData(experiment, sources);
  checkMemory(experiment, data, memory);
  if (start) checkStartWeights(start, experiment, networkShapeOf(experiment, data));
  return data;
}
