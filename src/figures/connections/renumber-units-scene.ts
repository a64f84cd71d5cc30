// Where the mixture of two networks stands: a sheet for each line that is shown, the loss along it, and a row of bars for each network's units.
import { scaleLinear } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import { proportionOf, sheetIn } from '../boundaries/answer-sheet.ts';
import { scoreOf } from '../boundaries/one-layer-network.ts';
import type { Box } from '../kit/axes.ts';
import type { Stage } from '../kit/stage.ts';
import {
  mixtureOf,
  type Numbering,
  type RenumberUnitsState,
  type RenumberUnitsView,
} from './renumber-units-data.ts';

const headRoom = 26;
/** Names of the classes of the sheet, between it and the bars. */
const underSheet = 14;
/** Words below the bars take two lines on a narrow screen. */
const footRoom = (width: number): number => (isNarrow(width) ? 54 : 44);

const isNarrow = (width: number): boolean => width < 520;
const barsHeight = (width: number): number => (isNarrow(width) ? 132 : 186);
/** Widest sheet: half of the picture, less what lies between. */
const sheetWidth = (width: number): number => Math.min(356, (width - 24) / 2);

export const renumberUnitsHeight = (width: number): number =>
  Math.round(headRoom + sheetWidth(width) + underSheet + barsHeight(width) + footRoom(width));

export type RenumberUnitsScene = ReturnType<typeof placeRenumbering>;
export type Panel = RenumberUnitsScene['panels'][number];

export function placeRenumbering(
  view: RenumberUnitsView,
  stage: Stage<StudyDisplay, RenumberUnitsState>,
) {
  const { state, width } = stage;
  const { extent, pair, points } = view;
  const side = sheetWidth(width);
  const sheetHeight = Math.min(side, side * proportionOf(extent));
  const isBoth = state.units === 'both';
  const top = headRoom;
  const bottom = top + sheetHeight;
  const barsTop = bottom + underSheet;
  const barsBottom = barsTop + barsHeight(width);
  stage.setHeight(barsBottom + footRoom(width));
  const numberings = numberingsOf(state);
  const panels = numberings.map((numbering, index) => {
    const left = index * (width / 2 + 12);
    const sheetBox: Box = { left, right: left + side, top, bottom };
    const mixture = mixtureOf(pair, numbering, state.share);
    return {
      numbering,
      mixture,
      score: scoreOf(mixture, points),
      sheet: sheetIn(sheetBox, extent),
      bars: {
        left,
        right: isBoth ? left + width / 2 - 12 : width,
        top: barsTop,
        bottom: barsBottom,
      } satisfies Box,
      /** How far B's units are on their way from their numbers as trained to those that fit A. */
      moved: isBoth ? Number(numbering === 'renumbered') : movedOf(state),
    };
  });
  const lossBox: Box = {
    left: side + (isNarrow(width) ? 50 : 76),
    right: width - 14,
    top: top + 8,
    bottom: bottom - 30,
  };
  // The loss of knowing nothing is always in sight, by which a hump is judged.
  const highest = Math.max(1.15 * Math.LN2, ...Array.from(pair.losses.asTrained)) * 1.05;
  return {
    ...view,
    state,
    width,
    isBoth,
    isNarrow: isNarrow(width),
    panels,
    lossBox,
    x: scaleLinear([0, 1], [lossBox.left, lossBox.right]),
    y: scaleLinear([0, highest], [lossBox.bottom, lossBox.top]),
    foot: barsBottom + 18,
  };
}

export const numberingsOf = ({ units }: RenumberUnitsState): readonly Numbering[] =>
  units === 'both' ? ['asTrained', 'renumbered'] : [units];

const movedOf = ({ moved, units }: RenumberUnitsState): number =>
  moved ?? Number(units === 'renumbered');

/** Share of its way that one unit has gone when all have gone `moved`: those on the left set out first. */
export function unitShare(moved: number, column: number, units: number): number {
  const late = 0.55;
  const at = moved * (1 + late) - (late * column) / units;
  const within = Math.min(1, Math.max(0, at));
  return within * within * (3 - 2 * within);
}
