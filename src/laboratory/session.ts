// The runs of the laboratory: A, led through the training worker, and B, kept beside it to be compared.
import type { Experiment } from '../learning/experiment.ts';
import type {
  RunCommand,
  RunMessage,
  RunPhase,
  RunRequest,
  SavedTraining,
  TrainingFrame,
} from '../worker/run/run-messages.ts';
import type { TrainingClient } from '../worker/run/training-client.ts';
import type { Failure } from '../worker/failures.ts';
import type { ProviderChoice } from '../worker/provider-choice.ts';
import { LiveRun } from './retrain/live-run.ts';
import type { LabRun, RunKey } from './lab-run.ts';

/** 'idle': nothing trained yet; 'stopped': ended by the reader or by a failure, what was saved can go on. */
export type SessionPhase = 'idle' | 'opening' | RunPhase | 'stopped';

export interface SessionListeners {
  phase(phase: SessionPhase): void;
  /** Everything that the worker says, before it is acted upon. */
  message(message: RunMessage): void;
  /** Resolves once the runs are on screen as they are now. */
  draw(): Promise<void>;
  failed(failure: Failure): void;
}

/** Every run of the laboratory is kept, and computed where it is fastest. */
const always = { automatic: 'faster', isSaved: true, knownPlane: null } as const;

export type SessionRequest = Omit<RunRequest, keyof typeof always>;

interface RunUnderWay extends Pick<LabRun, 'csv' | 'startWeights'> {
  experiment: Experiment;
  live: LiveRun | null;
  display: LabRun['display'];
  training: SavedTraining | null;
  landscapeInPlane: LabRun['landscapeInPlane'];
}

export class LabSession {
  readonly #client: TrainingClient;
  readonly #listeners: SessionListeners;
  #a: RunUnderWay | null = null;
  #b: LabRun | null = null;
  #phase: SessionPhase = 'idle';
  #frame: TrainingFrame | null = null;
  #provider = '';

  constructor(client: TrainingClient, listeners: SessionListeners) {
    this.#client = client;
    this.#listeners = listeners;
  }

  get phase(): SessionPhase {
    return this.#phase;
  }

  /** The last frame of A. */
  get frame(): TrainingFrame | null {
    return this.#frame;
  }

  get runs(): readonly LabRun[] {
    const a = this.#a;
    const { display, training, csv, startWeights, landscapeInPlane } = a ?? {};
    const first: LabRun | null = a && {
      key: 'a',
      title: titleOf(a.experiment, 'A'),
      display: display ?? null,
      training: training ?? null,
      csv: csv ?? null,
      startWeights: startWeights ?? null,
      landscapeInPlane: landscapeInPlane ?? null,
    };
    return [first, this.#b].filter((run) => run !== null);
  }

  run(key: RunKey): LabRun | null {
    return this.runs.find((run) => run.key === key) ?? null;
  }

  /** Opens a run in place of A; it waits to be told to play or step. Says whether it is open: where it is not, A is as it was. */
  async open(request: SessionRequest): Promise<boolean> {
    const before = this.#a;
    const { csv, startWeights, resume } = request;
    const experiment = resume?.experiment ?? request.experiment;
    const run: RunUnderWay = {
      experiment,
      csv,
      startWeights,
      live: null,
      display: null,
      training: resume,
      landscapeInPlane: null,
    };
    this.#a = run;
    this.#frame = null;
    this.#enter('opening');
    const outcome = await this.#client.open({ ...request, ...always }, (message) =>
      this.#hear(run, message),
    );
    if (this.#a !== run) return false;
    if (outcome.kind === 'opened') return true;
    this.#a = before?.training ? before : run;
    this.#frame = null;
    this.#enter(this.#a.training ? 'stopped' : 'idle');
    if (outcome.kind === 'failed') this.#listeners.failed(outcome.failure);
    await this.#redraw(this.#a);
    return false;
  }

  send(command: RunCommand): void {
    this.#client.send(command);
  }

  /** Ends A here: its weights are kept in the page, and the worker lets go of them. While A is opened, leaves that. */
  async stop(): Promise<void> {
    if (this.#phase === 'opening') return this.#client.close();
    const run = this.#a;
    if (!run) return;
    await this.save();
    if (this.#a !== run) return;
    this.#client.close();
    this.#enter('stopped');
    await this.#redraw(run);
  }

  /** A as it is at this moment, where the worker has it. */
  async save(): Promise<void> {
    const run = this.#a;
    const training = await this.#client.save();
    if (run && training && this.#a === run) this.#keep(run, training);
  }

  /** A goes on to so many epochs in all, also after it was stopped. */
  async goOn(epochs: number, provider: ProviderChoice, selected: number | null): Promise<void> {
    const run = this.#a;
    if (!run) return;
    if (this.#phase === 'stopped') {
      if (!run.training) return;
      const { experiment, csv, startWeights, training: resume } = run;
      const beginning = { experiment, csv, startWeights, resume, provider, selected };
      if (!(await this.open(beginning))) return;
    }
    this.#client.send({ kind: 'set-epochs', epochs });
    this.#client.send({ kind: 'play' });
  }

  /** Keeps A, as it was saved last, as B; the worker goes on with A. */
  keepAsB(): void {
    const a = this.run('a');
    if (!a?.training) return;
    const { boundaries } = a.display ?? {};
    // Those of A go on changing in place, one network at a time.
    const display =
      a.display && boundaries
        ? {
            ...a.display,
            boundaries: {
              ...boundaries,
              classes: boundaries.classes.slice(),
              probability: boundaries.probability.slice(),
            },
          }
        : a.display;
    this.setB({ ...a, display, key: 'b', title: titleOf(a.training.experiment, 'B') });
  }

  setB(run: LabRun | null): void {
    this.#b = run;
    void this.#listeners.draw();
  }

  setLandscape(key: RunKey, landscapeInPlane: LabRun['landscapeInPlane']): void {
    if (key === 'b') {
      if (this.#b) this.#b = { ...this.#b, landscapeInPlane };
    } else if (this.#a) {
      this.#a.landscapeInPlane = landscapeInPlane;
      if (this.#a.live) this.#a.live.landscape = landscapeInPlane?.landscape ?? null;
      this.#a.display = this.#a.live?.display() ?? null;
    }
  }

  /** Ends everything: the page is left. */
  dispose(): void {
    this.#a = null;
    this.#client.dispose();
  }

  /** Resolves once the message is on screen: the worker holds the next frame back until then. */
  async #hear(run: RunUnderWay, message: RunMessage): Promise<void> {
    if (this.#a !== run) return;
    this.#listeners.message(message);
    switch (message.kind) {
      case 'provider':
        this.#provider = message.provider;
        return;
      case 'data':
        // Once more where training went on on another provider: its frames then bring all records again.
        run.live = new LiveRun(run.experiment, message.data, this.#provider, null);
        return;
      case 'surface':
        run.live?.addSurface(message.surface);
        return;
      case 'frame':
        this.#frame = message.frame;
        run.live?.addFrame(message.frame);
        this.#hasMoved(run);
        return this.#redraw(run);
      case 'phase':
        this.#enter(message.phase);
        return this.#redraw(run);
      case 'saved':
        this.#keep(run, message.training);
        return;
      case 'failed':
        this.#fail(message.failure);
        return;
      default:
        return;
    }
  }

  /** A landscape is that of the weights it was computed of. */
  #hasMoved(run: RunUnderWay): void {
    if (!run.landscapeInPlane) return;
    run.landscapeInPlane = null;
    if (run.live) run.live.landscape = null;
  }

  #keep(run: RunUnderWay, training: SavedTraining): void {
    run.training = training;
    run.experiment = training.experiment;
    if (run.live) run.live.experiment = training.experiment;
  }

  #fail(failure: Failure): void {
    const run = this.#a;
    // What the worker saved last may be newer than what was heard of it.
    const saved = this.#client.lastSaved;
    if (run && saved) this.#keep(run, saved);
    this.#enter('stopped');
    this.#listeners.failed(failure);
    if (run) void this.#redraw(run);
  }

  async #redraw(run: RunUnderWay): Promise<void> {
    run.display = run.live?.display() ?? run.display;
    if (this.#a === run) await this.#listeners.draw();
  }

  #enter(phase: SessionPhase): void {
    this.#phase = phase;
    this.#listeners.phase(phase);
  }
}

/** "A: 50 × 64 tanh, adam 0.01" tells two runs apart. */
function titleOf(experiment: Experiment, key: string): string {
  const { initialisations, hiddenSizes, activation, optimiser, learningRate, title } = experiment;
  if (title !== '') return `${key}: ${title}`;
  const layers = hiddenSizes.length > 0 ? hiddenSizes.join('-') : 'linear';
  return `${key}: ${initialisations} × ${layers} ${activation}, ${optimiser.kind} ${learningRate}`;
}
