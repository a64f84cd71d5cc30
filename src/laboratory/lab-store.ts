// The one place where the laboratory's settings are: changed by whole values, heard by all, undone and redone.
import type { LabState } from './lab-state.ts';

export type LabListener = (state: LabState, before: LabState) => void;

/** What is undone and redone; which network is picked and where it is computed stay as they are. */
type Settings = Pick<LabState, 'experiment' | 'panels'>;

/** Steps back that are kept. */
const mostSteps = 200;
/** Changes of the same thing within this time are undone together, as when a slider is drawn. */
const togetherWithin = 800;

export class LabStore {
  #state: LabState;
  #past: Settings[] = [];
  #future: Settings[] = [];
  #last = { of: '', at: -Infinity };
  readonly #listeners = new Set<LabListener>();
  readonly #untold: [state: LabState, before: LabState][] = [];
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
    if (!same(settingsOf(next), settingsOf(this.#state))) this.#remember(next, of);
    this.#become(next);
  }

  /** Which network is picked, where it is computed and which run is kept beside it are no settings to undo. */
  pass(part: Pick<Partial<LabState>, 'selected' | 'provider' | 'compared'>): void {
    const next = { ...this.#state, ...part };
    if (!same(next, this.#state)) this.#become(next);
  }

  undo(): void {
    const before = this.#past.pop();
    if (before) this.#step(before, this.#future);
  }

  redo(): void {
    const next = this.#future.pop();
    if (next) this.#step(next, this.#past);
  }

  /** @returns ends the listening. */
  listen(listener: LabListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #remember(next: LabState, of: string): void {
    const now = this.#now();
    const isGoingOn = of !== '' && of === this.#last.of && now - this.#last.at < togetherWithin;
    this.#last = { of, at: now };
    this.#future = [];
    if (!isGoingOn) {
      this.#past = [...this.#past, settingsOf(this.#state)].slice(-mostSteps);
    } else if (same(this.#past.at(-1), settingsOf(next))) {
      // A slider that is back where it began has changed nothing to undo; should it go on, it begins anew.
      this.#past.pop();
      this.#last = { of: '', at: -Infinity };
    }
  }

  #step(to: Settings, back: Settings[]): void {
    back.push(settingsOf(this.#state));
    this.#last = { of: '', at: -Infinity };
    this.#become({ ...this.#state, ...to });
  }

  /** A change that a listener makes is told after the one that it heard of, so that all hear them in order. */
  #become(next: LabState): void {
    this.#untold.push([next, this.#state]);
    this.#state = next;
    if (this.#untold.length > 1) return;
    for (let news = this.#untold[0]; news; news = this.#untold[0]) {
      for (const listener of [...this.#listeners]) tell(listener, news);
      this.#untold.shift();
    }
  }
}

/** A listener that fails is its own affair: the others hear all the same, and the page's console says so. */
function tell(listener: LabListener, [state, before]: [LabState, LabState]): void {
  try {
    listener(state, before);
  } catch (error) {
    reportError(error);
  }
}

const settingsOf = ({ experiment, panels }: LabState): Settings => ({ experiment, panels });

/** Objects that were not touched are the same ones, and need no reading. */
function same<Value extends object>(a: Value | undefined, b: Value): boolean {
  if (!a) return false;
  const keys = Object.keys(b) as (keyof Value)[];
  return keys.every(
    (key) => a[key] === b[key] || JSON.stringify(a[key]) === JSON.stringify(b[key]),
  );
}
