// Where the outcomes of conditions stand: a row each, and in it a place for every network.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { Box } from '../kit/axes.ts';
import type { Stage } from '../kit/stage.ts';
import { outcomeScale, positionOf } from './outcome-axis.ts';
import type { OutcomeRows, OutcomesByConditionState } from './outcome-rows.ts';
import { stripPlaces, stripRadius, type Strip } from './outcome-strip.ts';
import { isCompared } from './outcomes-by-condition-words.ts';

type OutcomeStage = Stage<StudyDisplay, OutcomesByConditionState>;

const [footHeight, nameHeight] = [76, 17];

/** A guessed value has its words in a line of their own. */
export const headOf = ({ guess }: OutcomesByConditionState): number =>
  typeof guess === 'number' ? 38 : 24;

interface Layout {
  readonly box: Box;
  /** Height of a row. */
  readonly step: number;
  /** Of each row, what its marks share below its name. */
  readonly bands: readonly { readonly top: number; readonly bottom: number }[];
}

function layoutOf(stage: OutcomeStage, rows: number, gutter: number): Layout {
  const bottom = stage.height - footHeight;
  const headHeight = headOf(stage.state);
  const step = (bottom - headHeight) / rows;
  return {
    box: { left: 10, right: stage.width - 12 - gutter, top: headHeight, bottom },
    step,
    bands: Array.from({ length: rows }, (_, index) => ({
      top: headHeight + index * step + nameHeight,
      bottom: headHeight + (index + 1) * step - 4,
    })),
  };
}

/** Where every network of the conditions stands. */
interface ValuePlaces {
  readonly scale: ReturnType<typeof outcomeScale>;
  readonly x: ReturnType<typeof positionOf>;
  readonly gutter: number;
  readonly strips: readonly Strip[];
  readonly networks: number;
  readonly selected: number | null;
}

export interface Scene extends Layout {
  readonly found: OutcomeRows;
  readonly state: OutcomesByConditionState;
  readonly width: number;
  readonly height: number;
  /** What every layer depends on. */
  readonly shown: readonly unknown[];
  readonly kind: 'values' | 'differences' | 'no differences';
  /** Null where differences are shown. */
  readonly places: ValuePlaces | null;
}

export function scene(found: OutcomeRows, stage: OutcomeStage): Scene {
  const { data, state, width, height } = stage;
  const isValues = state.view === 'values';
  const gutter = isValues && found.rows.some((row) => row.values.some(isAbsent)) ? 58 : 0;
  const layout = layoutOf(stage, found.rows.length, gutter);
  return {
    ...layout,
    found,
    state,
    width,
    height,
    shown: [data, state.quantity, state.scale, state.view, state.show, state.only, state.guess],
    kind: isValues ? 'values' : isCompared(state.quantity) ? 'differences' : 'no differences',
    places: isValues ? placesOf(found, state, layout, gutter) : null,
  };
}

const isAbsent = (value: number): boolean => !Number.isFinite(value);

function placesOf(
  found: OutcomeRows,
  state: OutcomesByConditionState,
  { box, bands }: Layout,
  gutter: number,
): ValuePlaces {
  const { rows } = found;
  const scale = outcomeScale(found, state);
  const x = positionOf(scale, box);
  const radius = stripRadius(rows, bands[0]!, x);
  const networks = Math.max(...rows.map((row) => row.values.length));
  return {
    scale,
    x,
    gutter,
    strips: rows.map((row, index) =>
      stripPlaces(row, bands[index]!, { x, radius, right: box.right, gutter }),
    ),
    networks,
    selected: state.selected !== null && state.selected < networks ? state.selected : null,
  };
}
