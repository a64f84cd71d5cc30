// Where the road and the networks stand: one scale for all moments, the answers in a row below.
import { extent, mean, quantile, scaleLinear, scaleLog } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import type { Box } from '../kit/axes.ts';
import { dodge } from '../kit/dodge.ts';
import { lossColour } from '../kit/palette.ts';
import type { Point } from '../kit/path.ts';
import type { Stage } from '../kit/stage.ts';
import { momentOf, wayfarersAt, type Road, type RoadState, type Wayfarer } from './road-data.ts';

export type RoadScene = ReturnType<typeof placeRoad>;

/** Room of the heading and of the scale of loss, beside each other where both fit. */
const topOf = (width: number): number => (isNarrow(width) ? 108 : 78);
/** Room of the axis of weights, and of the row's heading. */
const between = 84;
const below = 46;

const isNarrow = (width: number): boolean => width < 560;
const fieldHeight = (width: number): number =>
  isNarrow(width) ? 270 : Math.round(Math.min(400, 250 + 0.14 * width));
const rowHeight = (width: number): number => (isNarrow(width) ? 84 : 66);
export const roadHeight = (width: number): number =>
  topOf(width) + fieldHeight(width) + between + rowHeight(width) + below;

type Range = [number, number];

/** The limits of a quantity over all moments. */
function limits(road: Road, of: (wayfarer: Wayfarer) => number): Range {
  const whole = Array.from({ length: road.moments }, (_, moment) => moment);
  const values = whole.flatMap((moment) =>
    road.result.networks.map((_, n) => of(road.at(moment, n))),
  );
  return extent(values) as Range;
}

const widened = ([low, high]: Range, share: number): Range => {
  const room = share * (high - low);
  return [low - room, high + room];
};

export function placeRoad(road: Road, { data, state, width }: Stage<StudyDisplay, RoadState>) {
  const { networks } = road.result;
  const moment = momentOf(road, state);
  const radius = isNarrow(width) ? 4 : 5;
  const rowRadius = isNarrow(width) ? 3 : 4.5;
  const left = isNarrow(width) ? 34 : 48;
  const box: Box = {
    left,
    right: width - 14,
    top: topOf(width),
    bottom: topOf(width) + fieldHeight(width),
  };
  const row: Box = {
    left,
    right: width - 14,
    top: box.bottom + between,
    bottom: box.bottom + between + rowHeight(width),
  };
  const reach = 1.04 * limits(road, ({ off }) => off)[1];
  const x = scaleLinear(
    widened(
      limits(road, ({ along }) => along),
      0.04,
    ),
    [box.left, box.right],
  );
  const y = scaleLinear([-reach, reach], [box.bottom, box.top]);
  const rowX = scaleLinear(
    widened(
      limits(road, ({ answers }) => answers),
      0.04,
    ),
    [row.left, row.right],
  );
  const lossRange = limits(road, ({ loss }) => loss);
  const shade = scaleLog(lossRange, [0, 1]);
  const paint = lossColour(0, 1);

  const now = wayfarersAt(road, moment);
  const placeOf = ({ along, off, side }: Wayfarer): Point => [x(along), y(off * side)];
  const heights = dodge(
    now.map(({ answers }) => rowX(answers)),
    2 * rowRadius,
  );
  const training = moment - (road.stops - 1);
  const past = Array.from(
    { length: Math.max(0, Math.ceil(training)) },
    (_, t) => t + road.stops - 1,
  );
  return {
    ...road,
    data,
    state,
    moment,
    radius,
    rowRadius,
    isNarrow: isNarrow(width),
    width,
    box,
    row,
    x,
    y,
    rowX,
    lossRange,
    colourOf: (loss: number): string => paint(shade(loss)),
    now,
    places: now.map(placeOf),
    rowPlaces: now.map(({ answers }, n): Point => [rowX(answers), row.bottom - 6 - heights[n]!]),
    /** Ways since the end of the shorter training; none before it. */
    trails: networks.map((_, n) => [...past.map((m) => placeOf(road.at(m, n))), placeOf(now[n]!)]),
    rowStarts: networks.map((_, n) => rowX(road.at(road.stops - 1, n).answers)),
    isTraining: training > 0,
    /** Where eight in ten of them lie along the road, and how far off it they lie on average: the drawn band. */
    band: {
      off: mean(now, ({ off }) => off) ?? 0,
      along: [0.1, 0.9].map((p) => quantile(now, p, ({ along }) => along) ?? 0) as Range,
    },
    picked: state.selected === null ? -1 : networks.indexOf(state.selected),
  };
}
