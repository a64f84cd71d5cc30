// What the map of a landscape draws, whether the plane is a run's or one of a study's slices: two adapters bring both to this.
import type { RunDisplay, StudyDisplay } from '../../artifact/display.ts';
import type { Box } from '../kit/axes.ts';
import type { FigureTable } from '../kit/figure.ts';
import type { LevelScale } from '../kit/level-scale.ts';
import {
  listOf,
  moment,
  number,
  oneOf,
  orNull,
  pickedNetwork,
  text,
  type StateOf,
} from '../kit/state-fields.ts';
import { landscapeQuantities, type LandscapeQuantity } from './landscape-quantity.ts';
import type { Plane, PlanePlace } from './plane.ts';
import type { TrackBundle } from './plane-marks.ts';
import type { NamedPlane, NamedSlice } from './slice-planes.ts';

export const landscapeMapState = {
  /** Of a study: one plane, large, or all of them, small, in the same colours. */
  view: oneOf(['one', 'all'], 'one'),
  /** Name of the plane shown alone; null for the first. */
  slice: orNull(text('')),
  /** Names of the planes of the view of all, in this order; null for every one. */
  planes: orNull(listOf(text(''), [])),
  quantity: oneOf(landscapeQuantities, 'loss'),
  scale: oneOf(['log', 'linear'], 'log'),
  /** Shows the paths up to this snapshot; null for the whole. */
  until: moment(),
  selected: pickedNetwork(),
  /** Draws the line of this loss strongly, and veils all higher ground; null for none. */
  level: orNull(number(0, { from: 0 })),
  /** Whether a study's own losses are drawn beside the map on a phone too; a sticky picture has no room for them there. */
  losses: oneOf(['always', 'wide'], 'always'),
};
export type LandscapeMapState = StateOf<typeof landscapeMapState>;

export type LandscapeData = RunDisplay | StudyDisplay;

export const isStudy = (data: LandscapeData): data is StudyDisplay => 'study' in data;

/** A plane with all that is written and drawn around it, in place. */
export interface PlacedLandscape {
  readonly place: PlanePlace;
  /** Of the whole picture. */
  readonly height: number;
  readonly axes: {
    readonly xName: string;
    readonly yName: string;
    readonly xTicks: readonly number[];
    readonly yTicks: readonly number[];
  };
  readonly legend: { readonly x: number; readonly y: number; readonly width: number };
  readonly words: { readonly x: number; readonly y: number; readonly width: number };
  /** Where own losses are drawn beside the map; null where they are not. */
  readonly losses: Box | null;
}

/** How the networks on the plane are drawn. */
export interface LandscapeMarks {
  readonly under: readonly TrackBundle[];
  /** The picked network, over all others. */
  readonly selected: TrackBundle | null;
  /** `under` changes with this alone. */
  readonly key: unknown;
  /** Marks whose names no contour label may cover. */
  readonly named: readonly number[];
}

/** How far the picked network, or the middle of all, is off the plane: a bar to the map's scale, and words. */
export interface LandscapeWords {
  readonly bar: { readonly y: number; readonly distance: number } | null;
  /** What the bar is, where the sentence does not say so. */
  readonly caption: { readonly y: number; readonly text: string } | null;
  readonly sentence: { readonly y: number; readonly text: string };
}

export interface OnePlaneView {
  readonly plane: Plane;
  /** Loss or accuracy, `[ys, xs]`. */
  readonly surface: Float32Array;
  /** Whether a length on the plane is a distance in weight space: only then has the map a scale bar. */
  readonly isToScale: boolean;
  /** What words and marks depend on, beside state and size. */
  readonly inputs: readonly unknown[];
  legendTitle(scale: LevelScale): string;
  /** @param height that the picture is given; where its width decides, it takes another. */
  place(width: number, height: number): PlacedLandscape;
  marks(selected: number | null): LandscapeMarks;
  words(placed: PlacedLandscape, selected: number | null, until: number | null): LandscapeWords;
  /** What a screen reader says of a picked network. */
  say(network: number, until: number | null): string;
  /** Whose own losses are drawn beside the map. */
  readonly losses: NamedSlice | null;
}

/** Many planes in the same colours. */
export interface AllPlanesView {
  readonly planes: readonly NamedPlane[];
}

export interface LandscapeView {
  readonly quantity: LandscapeQuantity;
  readonly unit: string;
  /** One of the two is there. */
  readonly one: OnePlaneView | null;
  readonly all: AllPlanesView | null;
  heightAt(width: number): number;
  describe(): string;
  table(): FigureTable;
  /** None where the sentences that stand below every landscape of a run say it. */
  fidelity(): string[];
}
