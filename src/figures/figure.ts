// What every figure is: data in, picture out. No fetch, no training, no global state.

export interface FigureEnvironment {
  /** CSS pixels to draw in. */
  readonly width: number;
  readonly height: number;
  /** False at build time: the drawing must be complete without a single event. */
  readonly interactive: boolean;
  readonly reducedMotion: boolean;
}

export interface FigureHandle<Data, State> {
  /** Moves the picture to another state, or to other data (a live run that has gone on). */
  update(state: State, data?: Data): void;
  /** Draws again at another size. */
  resize(environment: FigureEnvironment): void;
  destroy(): void;
}

export interface Figure<Data, State> {
  readonly name: string;
  readonly initial: State;
  /** Height that suits a width, in CSS pixels. */
  height(width: number): number;
  /** Draws into an empty container; at build time the document is not a browser's, so measure nothing. */
  draw(
    container: HTMLElement,
    data: Data,
    state: State,
    environment: FigureEnvironment,
  ): FigureHandle<Data, State>;
  /** The text alternative, with the numbers. */
  describe(data: Data, state: State): string;
}

/** A reader picked a network in a figure; bubbles, so that a page can link its views. */
export interface PickDetail {
  readonly network: number | null;
}
export const pickEvent = 'atlas-pick';
