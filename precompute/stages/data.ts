// Stage 1: the samples, split and normalised, checked against the memory budget.
import type { Experiment } from '../../src/learning/experiment.ts';
import { checkMemory } from '../../src/learning/memory.ts';
import { prepareData, type DataSources } from '../../src/learning/prepare-data.ts';
import type { PreparedData } from '../../src/learning/samples.ts';

/** @throws ExperimentError where the experiment cannot fit in `memory` bytes, naming the estimate. */
export async function dataStage(
  experiment: Experiment,
  sources: DataSources,
  memory: number,
): Promise<PreparedData> {
  const data = await prepareData(experiment, sources);
  checkMemory(experiment, data, memory);
  return data;
}
