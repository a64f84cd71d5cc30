// What the reader wants of the run that is open: said at any time, heard by the worker between two pieces of work.
import type { RunChange, RunCommand, SavedTraining } from './run-messages.ts';

/** Thrown where work ends because nobody wants the run any more. */
export class RunClosedError extends Error {
  override readonly name = 'RunClosedError';
}

type AnswerSave = (training: SavedTraining | null) => void;

export class RunCommands {
  isPlaying = false;
  /** Single steps that are still to take. */
  steps = 0;
  /** Asked to pause, also where nothing has been trained yet. */
  isPausing = false;
  isFinishing = false;
  selected: number | null;
  /** The newest of each kind. */
  readonly #changes = new Map<RunChange['kind'], RunChange>();
  #saves: AnswerSave[] = [];
  #news = Promise.withResolvers<void>();
  #skip = new AbortController();
  readonly #close = new AbortController();
  readonly #closing = Promise.withResolvers<void>();

  constructor(selected: number | null) {
    this.selected = selected;
  }

  take(command: RunCommand): void {
    switch (command.kind) {
      case 'play':
        this.#move({ isPlaying: true, isPausing: false, steps: 0 });
        break;
      case 'pause':
        this.#move({ isPlaying: false, isPausing: true, steps: 0 });
        break;
      case 'step':
        this.#move({ isPlaying: false, isPausing: false, steps: this.steps + 1 });
        break;
      case 'select':
        this.selected = command.network;
        break;
      case 'finish':
        this.isFinishing = true;
        break;
      case 'skip-landscape':
        this.#skip.abort();
        break;
      default:
        this.#changes.delete(command.kind);
        this.#changes.set(command.kind, command);
    }
    this.#tell();
  }

  /** The changes that are asked for, in the order of asking; each is taken once. */
  takeChanges(): RunChange[] {
    const changes = [...this.#changes.values()];
    this.#changes.clear();
    return changes;
  }

  /** Resolves with the run as it is at the next moment between two pieces of work; null if it ends before. */
  save(): Promise<SavedTraining | null> {
    if (this.isClosed) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#saves.push(resolve);
      this.#tell();
    });
  }

  /** Those who wait for `save`; each is answered once. */
  takeSaves(): AnswerSave[] {
    return this.#saves.splice(0);
  }

  get isSaveAsked(): boolean {
    return this.#saves.length > 0;
  }

  /** Whether something waits that must be done before anything else. */
  get isUrgent(): boolean {
    return this.isClosed || this.isFinishing || this.isSaveAsked || this.#changes.size > 0;
  }

  /** There is nothing more to train. */
  rest(): void {
    this.#move({ isPlaying: false, isPausing: this.isPausing, steps: 0 });
  }

  /** Boundaries and landscape are there, or their device is lost. */
  endFinish(): void {
    this.isFinishing = false;
    this.#skip = new AbortController();
  }

  close(): void {
    this.#close.abort(new RunClosedError('The run was closed.'));
    for (const answer of this.takeSaves()) answer(null);
    this.#closing.resolve();
    this.#tell();
  }

  get isClosed(): boolean {
    return this.closed.aborted;
  }

  /** Aborted once the run is closed. */
  get closed(): AbortSignal {
    return this.#close.signal;
  }

  /** Aborted once the reader leaves out the landscape of this finish. */
  get skipped(): AbortSignal {
    return this.#skip.signal;
  }

  /** Resolves once the run is closed. */
  get closing(): Promise<void> {
    return this.#closing.promise;
  }

  /** Resolves when the reader next wants something else. */
  news(): Promise<void> {
    return this.#news.promise;
  }

  /** @throws RunClosedError */
  check(): void {
    this.closed.throwIfAborted();
  }

  #move({ isPlaying, isPausing, steps }: Pick<RunCommands, 'isPlaying' | 'isPausing' | 'steps'>) {
    this.isPlaying = isPlaying;
    this.isPausing = isPausing;
    this.steps = steps;
  }

  #tell(): void {
    const { resolve } = this.#news;
    this.#news = Promise.withResolvers();
    resolve();
  }
}
