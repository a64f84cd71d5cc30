// What the tests of the laboratory's training call: its client, a listener that draws with the page's frames, and what they heard.
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import type {
  OpenOutcome,
  RunMessage,
  SavedTraining,
} from '../../../../src/worker/run/run-messages.ts';
import { TrainingClient } from '../../../../src/worker/run/training-client.ts';
import type { ProviderChoice } from '../../../../src/worker/provider-choice.ts';

/** A message without its arrays: what a test can read. */
export interface Heard {
  kind: RunMessage['kind'];
  phase?: string;
  step?: number;
  sentence?: string;
  provider?: string;
  reason?: string;
  times?: Partial<Record<string, number>> | null;
  loadedBytes?: number;
}

export interface TrainingPage {
  /** The site's own worker, or one that tests provoke, with WebAssembly as it is or held up while it is measured. */
  start(which: 'plain' | 'fair' | 'slow-wasm'): void;
  open(settings: object, provider: ProviderChoice, resume?: boolean): Promise<OpenOutcome>;
  command(name: 'play' | 'pause' | 'step' | 'close', times?: number): void;
  provoke(what: 'crash' | 'lose-device'): void;
  heard(): Heard[];
  /** Of the last saving: its step, and its weights. */
  saved(): { step: number; weights: number[] } | null;
  forget(): void;
}
declare global {
  var training: TrainingPage;
}

let client: TrainingClient;
let worker: Worker;
let heard: Heard[] = [];

function startProvoked(isFair: boolean): Worker {
  worker = new Worker(new URL('./lab.worker.ts', import.meta.url), { type: 'module' });
  if (isFair) worker.postMessage('fair');
  return worker;
}

function inShort(message: RunMessage): Heard {
  const { kind } = message;
  switch (message.kind) {
    case 'frame':
      return { kind, step: message.frame.step };
    case 'saved':
      return { kind, step: message.training.state.step };
    case 'phase':
      return { kind, phase: message.phase };
    case 'failed':
      return { kind, sentence: message.failure.sentence };
    case 'note':
    case 'fallback':
      return { kind, sentence: message.sentence };
    case 'provider': {
      const { provider, reason, times } = message;
      return { kind, provider, reason, times };
    }
    case 'download':
      return { kind, loadedBytes: message.loadedBytes };
    default:
      return { kind };
  }
}

/** As a figure does: resolves when the frame is on screen. */
async function listener(message: RunMessage): Promise<void> {
  heard.push(inShort(message));
  if (message.kind === 'frame') await new Promise((resolve) => requestAnimationFrame(resolve));
}

globalThis.training = {
  start(which) {
    client?.dispose();
    heard = [];
    client =
      which === 'plain'
        ? new TrainingClient()
        : new TrainingClient(() => startProvoked(which === 'fair'));
  },
  open: (settings, provider, resume = false) =>
    client.open(
      {
        experiment: parseExperiment(settings, 'the test'),
        ...{ csv: null, startWeights: null, knownPlane: null, selected: 1, provider },
        ...{ automatic: 'faster', isSaved: true },
        resume: resume ? client.lastSaved : null,
      },
      listener,
    ),
  command(name, times = 1) {
    for (let k = 0; k < times; k++) {
      if (name === 'close') client.close();
      else client.send({ kind: name });
    }
  },
  provoke: (what) => worker.postMessage(what),
  heard: () => heard,
  saved() {
    const saved: SavedTraining | null = client.lastSaved;
    return saved && { step: saved.state.step, weights: [...saved.state.weights] };
  },
  forget() {
    heard = [];
  },
};
