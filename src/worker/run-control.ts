// What the reader wants of the run under way: asked by the worker between two pieces of work.

/** Thrown where work ends because the reader reset it. */
export class Abandoned extends Error {
  override readonly name = 'Abandoned';
}

export class RunControl {
  paused = false;
  stopped = false;
  abandoned = false;
  selected: number | null;
  /** Set by the run once training is over and the landscape is being drawn. */
  isDrawing = false;
  /** Ends the drawing of the landscape. */
  readonly landscape = new AbortController();
  #changed: (() => void)[] = [];

  constructor(selected: number | null) {
    this.selected = selected;
  }

  /** Resolves when the reader next wants something else. */
  change(): Promise<void> {
    return new Promise((resolve) => this.#changed.push(resolve));
  }

  set(wish: Partial<Pick<RunControl, 'paused' | 'stopped' | 'abandoned' | 'selected'>>): void {
    Object.assign(this, wish);
    for (const resolve of this.#changed.splice(0)) resolve();
  }

  /** @throws Abandoned */
  check(): void {
    if (this.abandoned) throw new Abandoned('The run was reset.');
  }
}
