// Where boundaries and curves stand: side by side, or on a narrow screen one above the other.
import type { RunDisplay } from '../../artifact/display.ts';
import type { Box } from '../kit/axes.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import type { Point } from '../kit/path.ts';
import type { Picking, Stage } from '../kit/stage.ts';
import { pickCurves, placeCurves } from '../outcomes/loss-curves-scene.ts';
import type { LossCurvesState } from '../outcomes/loss-curves-view.ts';
import { proportionOf, sheetIn, type Extent } from './answer-sheet.ts';
import type { LearningView } from './boundaries-learning-view.ts';
import { boundariesAt } from './boundary-history-lines.ts';

const headRoom = 24;
const narrowCurves = 186;
const isNarrow = (width: number): boolean => width < 620;
/** Of a usual sheet: a picture's height is asked for before its data are there. */
const usualProportion = 0.94;

const sheetWidth = (width: number): number => (isNarrow(width) ? width * 0.76 : width * 0.47);

export const learningHeight = (width: number): number =>
  Math.round(
    headRoom + sheetWidth(width) * usualProportion + (isNarrow(width) ? narrowCurves : 12),
  );

export type LearningScene = ReturnType<typeof placeLearning>;

export function placeLearning(view: LearningView, stage: Stage<RunDisplay, LossCurvesState>) {
  const { width, height, state } = stage;
  const [x0, x1, y0, y1] = view.history.extent as [number, number, number, number];
  const extent: Extent = [x0, x1, y0, y1];
  const narrow = isNarrow(width);
  const room = height - headRoom - (narrow ? narrowCurves : 12);
  const side = Math.min(sheetWidth(width), room / proportionOf(extent));
  const left = narrow ? (width - side) / 2 : 0;
  const box: Box = {
    left,
    right: left + side,
    top: headRoom,
    bottom: headRoom + side * proportionOf(extent),
  };
  const offset: Point = narrow ? [0, box.bottom + 4] : [side + 22, 0];
  const curves = placeCurves(view, {
    state,
    width: width - offset[0],
    height: narrow ? narrowCurves : box.bottom + 12,
  });
  const sheet = sheetIn(box, extent, 2);
  const at = (x: number, y: number): Point => [
    box.left + x * (box.right - box.left),
    box.bottom - y * (box.bottom - box.top),
  ];
  return {
    view,
    isLive: stage.environment.interactive,
    sheet: { ...sheet, at },
    /** Where the chart of curves begins. */
    offset,
    curves,
    lines: linesAt(view, curves.until),
  };
}

type Lines = ReturnType<typeof boundariesAt>;

/** A picture that is drawn again for a pick alone keeps its lines. */
const lastLines = new WeakMap<object, { readonly until: number; readonly lines: Lines }>();

function linesAt({ history }: LearningView, until: number): Lines {
  const last = lastLines.get(history);
  if (last?.until === until) return last.lines;
  const lines = boundariesAt(history, until);
  lastLines.set(history, { until, lines });
  return lines;
}

/** Of boundaries, the nearest within this reach. */
const reach = 14;

export function pickLearning({ curves, sheet, lines, offset, view }: LearningScene): Picking {
  const ofCurves = pickCurves(curves);
  const { box } = sheet;
  return {
    ...ofCurves,
    nearest(px, py) {
      if (px > box.right || py > box.bottom)
        return ofCurves.nearest(px - offset[0], py - offset[1]);
      const marks = view.history.networks.flatMap((network, row) =>
        lines[row]!.flatMap((line) =>
          line.map(([x, y]): readonly [number, Point] => [network, sheet.at(x, y)]),
        ),
      );
      return nearestNetwork(marks, [px, py], reach);
    },
  };
}
