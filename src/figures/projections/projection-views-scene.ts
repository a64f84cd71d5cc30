// Where the layouts of the same networks stand: a grid of panels, each with a place for every network.
import { extent, scaleLinear } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import type { Box } from '../kit/axes.ts';
import type { Point } from '../kit/path.ts';
import { orNull, number, pickedNetwork, text, truth, type StateOf } from '../kit/state-fields.ts';
import type { Stage } from '../kit/stage.ts';
import { chosenLayouts, layoutsOf, type ProjectedLayout } from './projection-layouts.ts';
import { trustHeight } from './projection-trust.ts';

export const projectionViewsState = {
  /** Names of layouts with spaces between, `weights/pca predictions/tsne`; null for those of weights and predictions. */
  panels: orNull(text('')),
  selected: pickedNetwork(),
  /** Trustworthiness that the reader expects of `guessAt`. */
  guess: orNull(number(0)),
  guessAt: orNull(text('')),
  /** Whether what each layout keeps is drawn. */
  revealed: truth(true),
};
export type ProjectionViewsState = StateOf<typeof projectionViewsState>;

export type ViewsScene = ReturnType<typeof placePanels>;

export function shownLayouts(
  data: StudyDisplay,
  { panels }: Pick<ProjectionViewsState, 'panels'>,
): readonly ProjectedLayout[] | string {
  const layouts = chosenLayouts(layoutsOf(data), panels);
  return layouts.length > 0 ? layouts : 'No projections of this study were loaded.';
}

const titleHeight = 40;
interface Grid {
  readonly columns: number;
  readonly panelWidth: number;
  readonly panelHeight: number;
  readonly gap: number;
  readonly height: number;
}

/** Below this width there are two columns. */
const narrow = 480;

export const keysHeight = (width: number): number => (width < narrow ? 46 : 28);

function gridOf(width: number, panels: readonly ProjectedLayout[]): Grid {
  const gap = 16;
  const rows = new Set(panels.map(({ of }) => of)).size;
  const inRow = panels.length <= 3 ? panels.length : Math.ceil(panels.length / Math.max(1, rows));
  const columns = Math.max(1, Math.min(panels.length, width < narrow ? 2 : Math.min(3, inRow)));
  const panelWidth = (width - gap * (columns - 1)) / columns;
  const map = columns === 1 ? Math.min(0.9 * panelWidth, 380) : 0.8 * panelWidth;
  const panelHeight = titleHeight + map + trustHeight;
  const lines = Math.ceil(panels.length / columns);
  return {
    columns,
    panelWidth,
    panelHeight,
    gap,
    height: lines * (panelHeight + 12) + keysHeight(width),
  };
}

/** Where a phone has two columns, each thing that was laid out has one of them. */
function arranged(panels: readonly ProjectedLayout[], width: number): readonly ProjectedLayout[] {
  const things = [...new Set(panels.map(({ of }) => of))];
  if (width >= narrow || things.length !== 2) return panels;
  const [first, second] = things.map((thing) => panels.filter(({ of }) => of === thing));
  if (first!.length !== second!.length) return panels;
  return first!.flatMap((panel, index) => [panel, second![index]!]);
}

const boxOf = (grid: Grid, index: number): Box => {
  const left = (index % grid.columns) * (grid.panelWidth + grid.gap);
  const top = Math.floor(index / grid.columns) * (grid.panelHeight + 12) + titleHeight;
  return {
    left,
    right: left + grid.panelWidth,
    top,
    bottom: top + grid.panelHeight - titleHeight - trustHeight,
  };
};

/** Equal scales on both axes: a distance on the paper is a distance in every direction. */
function placesOf({ result }: ProjectedLayout, box: Box): Point[] {
  const { values } = result.coordinates;
  const xs = Array.from(values).filter((_, i) => i % 2 === 0);
  const ys = Array.from(values).filter((_, i) => i % 2 === 1);
  const [x0 = 0, x1 = 1] = extent(xs);
  const [y0 = 0, y1 = 1] = extent(ys);
  const room = 10;
  const unit = Math.min(
    (box.right - box.left - 2 * room) / (x1 - x0 || 1),
    (box.bottom - box.top - 2 * room) / (y1 - y0 || 1),
  );
  const [cx, cy] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const x = scaleLinear([(x0 + x1) / 2, (x0 + x1) / 2 + 1], [cx, cx + unit]);
  const y = scaleLinear([(y0 + y1) / 2, (y0 + y1) / 2 + 1], [cy, cy - unit]);
  return xs.map((value, i) => [x(value), y(ys[i]!)]);
}

/** Of six panels, three each of weights and predictions. */
export function usualHeight(width: number): number {
  const columns = width < narrow ? 2 : 3;
  const panel = (0.8 * (width - 16 * (columns - 1))) / columns + titleHeight + trustHeight + 12;
  return Math.round((6 / columns) * panel + keysHeight(width));
}

export const heightOfPanels = (width: number, panels: readonly ProjectedLayout[]): number =>
  Math.round(gridOf(width, panels).height);

export function placePanels(
  layouts: readonly ProjectedLayout[],
  stage: Stage<StudyDisplay, ProjectionViewsState>,
) {
  const { data, state, width } = stage;
  const panels = arranged(layouts, width);
  const grid = gridOf(width, panels);
  stage.setHeight(grid.height);
  const boxes = panels.map((_, index) => boxOf(grid, index));
  const { networks } = panels[0]!;
  return {
    state,
    width,
    panels,
    grid,
    boxes,
    /** By panel, by network. */
    places: panels.map((panel, index) => placesOf(panel, boxes[index]!)),
    networks,
    /** Place of the picked network among those laid out; -1 for none. */
    row: state.selected === null ? -1 : networks.indexOf(state.selected),
    /** What every layer depends on. */
    ground: [data, state.panels] as const,
  };
}
