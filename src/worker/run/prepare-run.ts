// What a run of the page needs before anything is downloaded or compiled: its data, and weights that fit them.
import { totalSteps } from '../../learning/batches.ts';
import { ExperimentError } from '../../learning/experiment-error.ts';
import type { Experiment } from '../../learning/experiment.ts';
import { checkMemory } from '../../learning/memory.ts';
import { networkShapeOf } from '../../learning/network-of.ts';
import { parameterCount } from '../../learning/network-shape.ts';
import { optimiserRule } from '../../learning/optimisers.ts';
import { prepareData, type DataSources } from '../../learning/prepare-data.ts';
import type { PreparedData } from '../../learning/samples.ts';
import { checkResumed } from '../../learning/training-state.ts';
import { pageMemory } from '../limits.ts';
import type { RunRequest } from './run-messages.ts';

/** The experiment that a request is about. */
export const experimentOf = ({ experiment, resume }: RunRequest): Experiment =>
  resume?.experiment ?? experiment;

/** @throws ExperimentError, CsvError: a sentence, before anything is downloaded or compiled. */
export async function prepareRun(request: RunRequest, sources: DataSources): Promise<PreparedData> {
  const experiment = experimentOf(request);
  const data = await prepareData(experiment, sources);
  checkMemory(experiment, data, pageMemory.whole);
  checkStart(request, data);
  return data;
}

/** Weights that come from elsewhere must be those of such networks. */
function checkStart({ startWeights, resume, ...request }: RunRequest, data: PreparedData): void {
  const experiment = resume?.experiment ?? request.experiment;
  const { initialisations: networks, start } = experiment;
  const parameters = parameterCount(networkShapeOf(experiment, data));
  if (resume) {
    const { slots } = optimiserRule(experiment.optimiser, experiment.weightDecay);
    try {
      checkResumed(resume, {
        ...{ networks, parameters, slots },
        totalSteps: totalSteps(experiment, data.train),
        classes: data.classNames.length > 0,
        hasTest: data.test.count > 0,
      });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new ExperimentError(`${error.message}; train from the beginning instead.`);
    }
  } else if (startWeights) {
    if (startWeights.length === networks * parameters) return;
    throw new ExperimentError(
      `The starting weights are ${startWeights.length} numbers, but ${networks} networks of ${parameters} weights need ${networks * parameters}: set hiddenSizes, biases, data and initialisations to those that the weights come from.`,
    );
  } else if (start) {
    throw new ExperimentError(
      `The experiment starts from the weights in ${start.path}, which the page does not have; open that file again, or take the starting weights out of the settings.`,
    );
  }
}
