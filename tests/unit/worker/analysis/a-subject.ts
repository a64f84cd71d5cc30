// A small trained run in Node, as the laboratory hands it to the analysis worker, and a service that answers there.
import type { Executor } from '../../../../src/engine/runtime/executor.ts';
import type { Experiment } from '../../../../src/learning/experiment.ts';
import { createTrainer } from '../../../../src/learning/trainer.ts';
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import { prepareData } from '../../../../src/learning/prepare-data.ts';
import { createAnalysisService } from '../../../../src/worker/analysis/analysis-service.ts';
import type {
  QuestionProgress,
  Subject,
} from '../../../../src/worker/analysis/analysis-messages.ts';
import { cpu } from '../cpu-executor.ts';

export const settings = {
  data: { kind: 'moons', samples: 64 },
  hiddenSizes: [6],
  initialisations: 6,
  epochs: 20,
  learningRate: 0.05,
  snapshots: 4,
  grid: { size: 7 },
};

export const sources = {
  digits: () => Promise.reject(new Error('no digits here')),
  csv: () => Promise.reject(new Error('no file here')),
};

export async function trainedSubject(changes: object = {}, key = 'a'): Promise<Subject> {
  const experiment: Experiment = parseExperiment({ ...settings, ...changes }, 'a test');
  const data = await prepareData(experiment, sources);
  const trainer = await createTrainer({ experiment, data, executor: await cpu() });
  while (await trainer.advance());
  const subject = { key, title: `Run ${key}`, experiment, csv: null, history: trainer.history() };
  trainer.dispose();
  return subject;
}

export const createTestAnalyses = (createExecutor: () => Promise<Executor> = cpu) =>
  createAnalysisService({ createExecutor, sources: () => sources });

/** Hears everything at once. */
export function keepProgress(act: (progress: QuestionProgress) => void = () => {}) {
  const heard: QuestionProgress[] = [];
  const listener = async (progress: QuestionProgress): Promise<void> => {
    heard.push(progress);
    act(progress);
  };
  return { heard, listener };
}
