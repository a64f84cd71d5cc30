// Where one line between solutions stands: its values, the scales, and the boxes of the picture.
import { scaleLinear, scaleLog } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import type { Box } from '../kit/axes.ts';
import { classColours } from '../kit/palette.ts';
import type { Point } from '../kit/path.ts';
import { lossUnit } from '../kit/setting-names.ts';
import type { Stage } from '../kit/stage.ts';
import { quartiles, valleyOf, type Valleys, type ValleyLinesState } from './valley-lines-data.ts';
import { summaryHeight } from './valley-summary.ts';

export type ValleyScene = ReturnType<typeof placeValley>;

/** Of the small batch's end and the large batch's. */
export const endColours = [classColours[0], classColours[1]] as const;

/** The ceiling of a linear axis: twice the hill between the ends, of all lines, so that they can be compared. */
function domainOf(valleys: Valleys, state: ValleyLinesState): [number, number] {
  const [lows, highs, hills]: [number[], number[], number[]] = [[], [], []];
  for (const { line } of valleys.lines) {
    const values = state.quantity === 'loss' ? line.loss : line.accuracy;
    if (values === null) continue;
    const { low, high, median } = quartiles(values.values, line.alphas.values.length);
    lows.push(...low);
    highs.push(...high);
    const test = state.quantity === 'loss' ? null : line.testAccuracy;
    if (test !== null) lows.push(...quartiles(test.values, line.alphas.values.length).median);
    for (const [t, alpha] of line.alphas.values.entries())
      if (alpha >= 0 && alpha <= 1) hills.push(median[t]!);
  }
  if (state.quantity === 'accuracy') return [Math.min(...lows), 1];
  if (state.scale === 'log') return [Math.min(...lows) / 1.2, Math.max(...highs) * 1.2];
  return [0, 2 * Math.max(...hills)];
}

export function placeValley(
  valleys: Valleys,
  { data, state, width, height }: Stage<StudyDisplay, ValleyLinesState>,
) {
  const valley = valleyOf(valleys, state.line);
  const { line } = valley;
  const alphas = line.alphas.values;
  const isLoss = state.quantity === 'loss';
  const isLog = isLoss && state.scale === 'log';
  const summaryTop = height - summaryHeight(valleys.lines.length);
  const box: Box = { left: 46, right: width - 14, top: 30, bottom: summaryTop - 74 };
  const domain = domainOf(valleys, state);
  return {
    data,
    state,
    /** What all layers above the summary depend on. */
    ground: [data, valley.key, state.quantity, state.scale] as const,
    width,
    height,
    isNarrow: width < 480,
    unit: lossUnit(data.study),
    valleys,
    valley,
    line,
    alphas,
    isLoss,
    isLog,
    /** `[pairs, points]` each. */
    values: (isLoss ? line.loss : line.accuracy)?.values ?? line.loss.values,
    testValues: (isLoss ? line.testLoss : line.testAccuracy)?.values ?? null,
    /** Row of the picked pair; -1 where the median of all is drawn. */
    pair: line.pairs.findIndex(([network]) => network === state.selected),
    box,
    summaryTop,
    domain,
    x: scaleLinear([alphas[0]!, alphas[alphas.length - 1]!], [box.left, box.right]),
    y: (isLog ? scaleLog : scaleLinear)(domain, [box.bottom, box.top]),
  };
}

/** The picked pair's values along the line, or the median of all pairs. */
export function mainValues(
  { alphas, pair }: ValleyScene,
  values: ArrayLike<number>,
): ArrayLike<number> {
  const points = alphas.length;
  if (pair < 0) return quartiles(values, points).median;
  return Array.from({ length: points }, (_, t) => values[pair * points + t]!);
}

/** A curve along the line, cut where it leaves the picture through the ceiling, at the very place. */
export function curvePoints(
  { alphas, x, y, box }: ValleyScene,
  values: ArrayLike<number>,
): Point[] {
  const points = Array.from(values, (value, t): Point => [x(alphas[t]!), y(value)]);
  const ceiling = box.top;
  return points.flatMap(([px, py], index): Point[] => {
    const before = points[index - 1];
    const isOut = py < ceiling;
    if (before === undefined || before[1] < ceiling === isOut)
      return isOut ? [[NaN, NaN]] : [[px, py]];
    const share = (ceiling - before[1]) / (py - before[1]);
    const edge: Point = [before[0] + share * (px - before[0]), ceiling];
    return isOut ? [edge, [NaN, NaN]] : [edge, [px, py]];
  });
}
