// A training service in Node, and a listener that keeps what it hears: the worker without its worker.
import type { Executor } from '../../../src/engine/runtime/executor.ts';
import { createNodeExecutor } from '../../../src/engine/runtime/node.ts';
import { parseExperiment } from '../../../src/learning/parse-experiment.ts';
import type { Listener, TrainRequest, WorkerMessage } from '../../../src/worker/messages.ts';
import { createTrainingService } from '../../../src/worker/training-service.ts';

export const smallExperiment = parseExperiment(
  {
    data: { kind: 'moons', samples: 64 },
    hiddenSizes: [8],
    initialisations: 20,
    epochs: 30,
    learningRate: 0.05,
    snapshots: 5,
    grid: { size: 9 },
  },
  'a test',
);

export function request(changes: Partial<TrainRequest> = {}): TrainRequest {
  return {
    experiment: smallExperiment,
    provider: 'auto',
    csv: null,
    selected: 3,
    knownPlane: null,
    ...changes,
  };
}

export const cpu = (): Promise<Executor> => createNodeExecutor({ provider: 'cpu', threads: 1 });

export function createTestService(createExecutor: () => Promise<Executor> = cpu) {
  return createTrainingService({
    createExecutor,
    sources: (csv) => ({
      digits: () => Promise.reject(new Error('no digits here')),
      csv: () => Promise.resolve(csv ?? ''),
    }),
  });
}

/** Hears everything at once; `act` may answer. */
export function keepMessages(act: (message: WorkerMessage) => void | Promise<void> = () => {}) {
  const messages: WorkerMessage[] = [];
  const listener: Listener = async (message) => {
    messages.push(message);
    await act(message);
  };
  const ofKind = <Kind extends WorkerMessage['kind']>(kind: Kind) =>
    messages.filter((message) => message.kind === kind) as Extract<WorkerMessage, { kind: Kind }>[];
  return { messages, listener, ofKind };
}
