// What every figure is: data in, picture out. No fetch, no training, no global state.
import type { AnyStateSchema } from './state-fields.ts';

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
  /** Draws a share of the way between two states, where there is a picture of it; at 1 it is the second. The page keeps the clock. */
  pass?(from: State, to: State, share: number): void;
  /** Draws again at another size. */
  resize(environment: FigureEnvironment): void;
  /** Far from the screen: gives back what is dear, such as a graphics context. */
  rest?(): void;
  /** Close to the screen again: as it was before. */
  wake?(): void;
  destroy(): void;
}

/** The numbers behind a picture: exported as CSV, and read as a table that can be sorted. */
export interface FigureTable {
  readonly columns: readonly { readonly name: string; readonly unit?: string }[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** What a reader may change in a picture: one key of its state, one of some values. */
export interface FigureControl {
  readonly key: string;
  readonly name: string;
  /** 'choice' shows every option at once, 'range' is a slider over them, 'play' a slider that can also run by itself. */
  readonly kind: 'choice' | 'range' | 'play';
  readonly options: readonly { readonly value: string | number | null; readonly text: string }[];
}

export interface Figure<Data, State> {
  readonly name: string;
  /** What each key of its state may hold. */
  readonly schema: AnyStateSchema;
  readonly initial: State;
  /** Height that suits a width, in CSS pixels. */
  height(width: number): number;
  /** Height that these data take in this state, where it is another one: the page keeps this height from the start. */
  heightFor?(width: number, data: Data, state: State): number;
  /** Draws into an empty container; at build time the document is not a browser's, so measure nothing. */
  draw(
    container: HTMLElement,
    data: Data,
    state: State,
    environment: FigureEnvironment,
  ): FigureHandle<Data, State>;
  /** The text alternative, with the numbers. */
  describe(data: Data, state: State): string;
  /** What is drawn in this state, as numbers. */
  table?(data: Data, state: State): FigureTable;
  /** What a reader may change, in the order in which it is shown; the same for every state of the same data. */
  controls?(data: Data): readonly FigureControl[];
  /** On a landscape: how far the picture can be trusted, a sentence each. */
  fidelity?(data: Data, state: State): readonly string[];
}

/** A reader picked a network in a figure; bubbles, so that a page can link its views. */
export interface PickDetail {
  readonly network: number | null;
  /** By a mouse on its way, not by a click or a key. */
  readonly isPassing?: boolean;
}
export const pickEvent = 'atlas-pick';

/** A reader turned a surface, or went over to its map; bubbles. */
export interface EyeDetail {
  /** Where the reader looks from (see surface/viewpoint.ts); null is the usual place. */
  readonly eye: string | null;
}
export const eyeEvent = 'atlas-eye';

/** A reader moved something in the drawing: keys of its state, as they are now wanted, at once; bubbles. */
export interface ChooseDetail {
  readonly state: Readonly<Record<string, string | number | boolean | null>>;
}
export const chooseEvent = 'atlas-choose';

/** Asks a canvas to draw in this very moment, so that its pixels can be read. */
export const captureEvent = 'atlas-capture';
