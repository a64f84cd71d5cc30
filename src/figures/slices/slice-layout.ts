// Where the parts of the map of a slice stand at a width: beside each other on a wide screen, below each other on a phone.
import type { Box } from '../kit/axes.ts';

export interface OneLayout {
  readonly height: number;
  /** Room for the map. */
  readonly map: Box;
  readonly legend: { readonly x: number; readonly y: number; readonly width: number };
  readonly words: { readonly x: number; readonly y: number; readonly width: number };
  /** Null where a phone leaves them out. */
  readonly losses: Box | null;
}

export interface SmallLayout {
  readonly height: number;
  /** Room above the panels, so that they stand in the middle. */
  readonly top: number;
  readonly columns: number;
  readonly panel: { readonly width: number; readonly height: number; readonly gap: number };
  /** Two lines of title above each map, one of numbers below. */
  readonly map: { readonly top: number; readonly height: number };
  readonly legendTop: number;
}

/** The narrowest drawing with room for words beside the map; a text column is wider. */
const sideBySide = 560;
/** Of one map beside its words. */
const wideHeight = 436;

/**
 * @param share height over width of the map that is to be placed.
 * @param keepsLosses whether a phone shows the losses too, or leaves them to the words.
 */
function one(width: number, share: number, keepsLosses: boolean): OneLayout {
  const hasLosses = keepsLosses || width >= sideBySide;
  if (width >= sideBySide) {
    const side = Math.min(0.37 * width, 290);
    const left = width - side;
    const map: Box = { left: 44, right: left - 26, top: 28, bottom: 388 };
    return {
      height: wideHeight,
      map,
      legend: { x: left, y: 14, width: side - 18 },
      words: { x: left, y: 92, width: side - 4 },
      losses: { left: left + 34, right: width - 6, top: 284, bottom: 396 },
    };
  }
  const bottom = 28 + Math.min((width - 56) * share, 0.66 * width, 330);
  const height = Math.round(bottom + (hasLosses ? 336 : 184));
  return {
    height,
    map: { left: 44, right: width - 12, top: 28, bottom },
    legend: { x: 8, y: bottom + 44, width: Math.min(320, width - 30) },
    words: { x: 8, y: bottom + 110, width: width - 16 },
    losses: hasLosses
      ? { left: 44, right: width - 12, top: height - 126, bottom: height - 40 }
      : null,
  };
}

/** @param isSticky beside steps, where it takes as much room as one map does: nothing moves when the one follows the other. */
function all(width: number, count: number, isSticky: boolean): SmallLayout {
  const columns = Math.min(count, width < 500 ? 2 : width < 540 ? 3 : 4);
  const gap = width < 560 ? 14 : 18;
  const panelWidth = (width - gap * (columns - 1)) / columns;
  const map = { top: 38, height: panelWidth };
  const panel = { width: panelWidth, height: map.top + map.height + 40, gap };
  const rows = Math.ceil(count / columns);
  const own = rows * panel.height + (rows - 1) * 10 + 64;
  const height = isSticky && width >= sideBySide ? Math.max(own, wideHeight) : own;
  const top = (height - own) / 2;
  return { height, top, columns, panel, map, legendTop: top + own - 62 };
}

export const sliceMapLayout = {
  one,
  all,
  /** Before the data are known: of a square plane. */
  usual: (width: number): number => one(width, 1, true).height,
};
