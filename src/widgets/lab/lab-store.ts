// The one place where the laboratory's settings are: changed by whole values, heard by all, undone and redone.
import type { LabState } from './lab-state.ts';

export type LabListener = (state: LabState, before: LabState) => void;

/** Steps back that are kept. */
const mostSteps = 200;
/** Changes of the same thing within this time are undone together, as when a slider is drawn. */
const togetherWithin = 800;

export class LabStore {
  #state: LabState;
  #past: LabState[] = [];
  #future: LabState[] = [];
  #last = { of: '', at: -Infinity };
  readonly #listeners = new Set<LabListener>();
  readonly #now: () => number;

  constructor(state: LabState, now: () => number = () => performance.now()) {
    this.#state = state;
    this.#now = now;
  }

  get state(): LabState {
    return this.#state;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** @param of names what is changed, such as 'learningRate', so that a slider's way is undone as one; '' stands alone. */
  change(part: Partial<LabState>, of = ''): void {
    const next = { ...this.#state, ...part };
    if (same(next, this.#state)) return;
    const now = this.#now();
    const isGoingOn = of !== '' && of === this.#last.of && now - this.#last.at < togetherWithin;
    this.#last = { of, at: now };
    if (!isGoingOn) this.#past = [...this.#past, this.#state].slice(-mostSteps);
    this.#future = [];
    this.#become(next);
  }

  /** Which network is picked and where it is computed are no settings to undo. */
  pass(part: Pick<Partial<LabState>, 'selected' | 'provider'>): void {
    const next = { ...this.#state, ...part };
    if (!same(next, this.#state)) this.#become(next);
  }

  undo(): void {
    const before = this.#past.pop();
    if (!before) return;
    this.#future.push(this.#state);
    this.#last = { of: '', at: -Infinity };
    this.#become(before);
  }

  redo(): void {
    const next = this.#future.pop();
    if (!next) return;
    this.#past.push(this.#state);
    this.#last = { of: '', at: -Infinity };
    this.#become(next);
  }

  /** @returns ends the listening. */
  listen(listener: LabListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #become(next: LabState): void {
    const before = this.#state;
    this.#state = next;
    for (const listener of this.#listeners) listener(next, before);
  }
}

const same = (a: LabState, b: LabState): boolean => JSON.stringify(a) === JSON.stringify(b);
