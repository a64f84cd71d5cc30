// Stage 1: the samples, split and normalised, and the weights to start from held against the networks.
import { checkStartWeights, type StartWeights } from '../../src/artifact/start-weights.ts';
import type { Experiment } from '../../src/learning/experiment.ts';
import { networkShapeOf } from '../../src/learning/network-of.ts';
import { prepareData, type DataSources } from '../../src/learning/prepare-data.ts';
import type { PreparedData } from '../../src/learning/samples.ts';

/** @throws ExperimentError where `start` are the weights of other networks. */
export async function dataStage(
  experiment: Experiment,
  sources: DataSources,
  start: StartWeights | null,
): Promise<PreparedData> {
  const data = await prepareData(experiment, sources);
  if (start) checkStartWeights(start, experiment, networkShapeOf(experiment, data));
  return data;
}
