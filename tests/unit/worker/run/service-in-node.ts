// The training service in Node, led by a test: the worker without its worker.
import type { DeviceTensor, Executor, Program } from '../../../../src/engine/runtime/executor.ts';
import type { Experiment } from '../../../../src/learning/experiment.ts';
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import { prepareData } from '../../../../src/learning/prepare-data.ts';
import { createTrainer, type Trainer } from '../../../../src/learning/trainer.ts';
import {
  createTrainingService,
  type TrainingHome,
} from '../../../../src/worker/run/training-service.ts';
import type {
  RunMessage,
  RunPhase,
  RunRequest,
  SavedTraining,
} from '../../../../src/worker/run/run-messages.ts';
import { cpu } from '../cpu-executor.ts';

export const experimentWith = (changes: object = {}): Experiment =>
  parseExperiment(
    {
      data: { kind: 'moons', samples: 64 },
      hiddenSizes: [8],
      initialisations: 6,
      epochs: 30,
      learningRate: 0.05,
      snapshots: 5,
      ...changes,
    },
    'a test',
  );

export const request = (changes: Partial<RunRequest> = {}): RunRequest => ({
  experiment: experimentWith(),
  csv: null,
  startWeights: null,
  resume: null,
  provider: 'wasm',
  automatic: 'faster',
  isSaved: true,
  selected: 2,
  knownPlane: null,
  ...changes,
});

/** ONNX Runtime on the CPU under the name of a provider of the page. */
export async function executorAs(provider: 'webgpu' | 'wasm'): Promise<Executor> {
  return { ...(await cpu()), provider };
}

/** The same executor; every run of a program passes through `run`. */
export const tapped = (
  executor: Executor,
  run: (program: Program, feeds: Parameters<Program['run']>[0]) => ReturnType<Program['run']>,
): Executor => ({
  ...executor,
  async compile(model) {
    const program = await executor.compile(model);
    return { ...program, run: (feeds) => run(program, feeds) };
  },
});

/** An executor whose device is lost when the test says so; what runs then never ends. */
export async function mortalExecutor() {
  const loss = Promise.withResolvers<string>();
  let isLost = false;
  const executor = tapped(await executorAs('webgpu'), (program, feeds) =>
    isLost ? new Promise<Record<string, DeviceTensor>>(() => {}) : program.run(feeds),
  );
  return {
    executor: { ...executor, lost: loss.promise },
    lose() {
      isLost = true;
      loss.resolve('unplugged');
    },
  };
}

export const sources = {
  digits: () => Promise.reject(new Error('no digits here')),
  csv: () => Promise.reject(new Error('no file here')),
};

export const home = (changes: Partial<TrainingHome> = {}): TrainingHome => ({
  whyNotWebGpu: () => Promise.resolve('this is a test'),
  start: executorAs,
  sources: (csv) => (csv === null ? sources : { ...sources, csv: () => Promise.resolve(csv) }),
  ...changes,
});

/** A service, and all that it says; `act` may answer, and hold a message back. */
export function serve(
  changes: Partial<TrainingHome> = {},
  act: (message: RunMessage) => void | Promise<void> = () => {},
) {
  const service = createTrainingService(home(changes));
  const messages: RunMessage[] = [];
  const waiting = new Set<() => void>();
  const listener = async (message: RunMessage): Promise<void> => {
    messages.push(message);
    for (const look of [...waiting]) look();
    await act(message);
  };
  const ofKind = <Kind extends RunMessage['kind']>(kind: Kind) =>
    messages.filter((message) => message.kind === kind) as Extract<RunMessage, { kind: Kind }>[];
  /** Resolves with the first message from index `from` on that satisfies. */
  function message(satisfies: (message: RunMessage) => boolean, from = 0): Promise<RunMessage> {
    return new Promise((resolve) => {
      const look = () => {
        const found = messages.slice(from).find(satisfies);
        if (!found) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  }
  return {
    service,
    messages,
    ofKind,
    message,
    open: (changed: Partial<RunRequest> = {}) => service.open(request(changed), listener),
    phase: (phase: RunPhase, from = 0) =>
      message((said) => said.kind === 'phase' && said.phase === phase, from),
    frames: () => ofKind('frame').map(({ frame }) => frame),
    saved: (): SavedTraining | undefined => ofKind('saved').at(-1)?.training,
  };
}

/** The same run by a trainer alone, to its end: what a laboratory's run is held against. */
export async function trained(experiment: Experiment, start?: Float32Array): Promise<Trainer> {
  const trainer = await createTrainer({
    experiment,
    data: await prepareData(experiment, sources),
    executor: await executorAs('wasm'),
    initialWeights: start,
  });
  while (await trainer.advance());
  return trainer;
}
