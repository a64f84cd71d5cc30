// The loss on a straight line through weight space, as from one solution to another, with the networks on it.
import { extent, scaleLinear, scaleLog, type ScaleLinear, type ScaleLogarithmic } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import { drawAxes, logarithmicTicks, type Box } from '../kit/axes.ts';
import { scaleControl } from '../kit/common-controls.ts';
import { defineFigure } from '../kit/define-figure.ts';
import { formatNumber } from '../kit/format.ts';
import { writeText } from '../kit/labels.ts';
import { drawKeys } from '../kit/legend.ts';
import { drawEnd } from '../kit/marks.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import { linePath, type Point } from '../kit/path.ts';
import type { Group, Picking, Stage } from '../kit/stage.ts';
import { oneOf, orNull, pickedNetwork, text, type StateOf } from '../kit/state-fields.ts';
import { slicesOfStudy, type NamedSlice, type StudySlices } from './slice-planes.ts';
import {
  axisName,
  describeSlice,
  markerSentence,
  markerTable,
  sliceFidelitySentences,
} from './slice-words.ts';

const state = {
  /** Name of the line; null for the first. */
  slice: orNull(text('')),
  scale: oneOf(['log', 'linear'], 'log'),
  selected: pickedNetwork(),
};
type SliceLineState = StateOf<typeof state>;

interface LineView {
  readonly line: NamedSlice;
  readonly slices: StudySlices;
}

interface Scene extends LineView {
  readonly width: number;
  readonly box: Box;
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number> | ScaleLogarithmic<number, number>;
  readonly domain: readonly [number, number];
  readonly isLog: boolean;
  /** What both layers depend on. */
  readonly ground: readonly unknown[];
  readonly selected: number | null;
}

function view(data: StudyDisplay, { slice: name }: SliceLineState): LineView | string {
  const slices = slicesOfStudy(data);
  const line = slices?.lines.find((each) => each.name === name) ?? slices?.lines[0];
  return slices && line ? { line, slices } : 'There is no line among the slices of this study.';
}

function scene(shown: LineView, stage: Stage<StudyDisplay, SliceLineState>): Scene {
  const { width, height } = stage;
  const { result, tracks } = shown.line;
  const { markers, loss, testLoss } = result;
  const places = result.axes[0]!.values;
  const box: Box = { left: 50, right: width - 14, top: 30, bottom: height - 78 };
  const losses = [...loss.values, ...(testLoss?.values ?? []), ...markers.trueLoss.values];
  const [low = 0, high = 1] = extent(losses.filter((value) => Number.isFinite(value)));
  const isLog = stage.state.scale === 'log' && low > 0;
  const domain: [number, number] = isLog ? [low / 1.3, high * 1.3] : [0, high * 1.06];
  const { selected } = stage.state;
  return {
    ...shown,
    width,
    box,
    x: scaleLinear([places[0]!, places.at(-1)!], [box.left, box.right]),
    y: (isLog ? scaleLog : scaleLinear)(domain, [box.bottom, box.top]),
    domain,
    isLog,
    ground: [result, stage.state.scale],
    selected: tracks.some(({ network }) => network === selected) ? selected : null,
  };
}

function drawCurves(group: Group, shown: Scene): void {
  const { line, slices, width, box, x, y, domain, isLog } = shown;
  const { axes, loss, testLoss } = line.result;
  const places = axes[0]!.values;
  const pathOf = (values: Float32Array): string =>
    linePath(Array.from(values, (value, i): Point => [x(places[i]!), y(value)]));
  drawAxes(group, {
    box,
    x,
    y,
    xTicks: x.ticks(Math.max(3, Math.floor((box.right - box.left) / 80))),
    yTicks: isLog ? logarithmicTicks(domain, Math.floor((box.bottom - box.top) / 30)) : y.ticks(5),
    xFormat: formatNumber,
    yFormat: formatNumber,
    xName: axisName(line, 0, width < 460),
    yName: `Loss on the line (${slices.unit}${isLog ? '; log scale' : ''})`,
  });
  if (testLoss)
    group.append('path').attr('class', 'slice-ground').attr('d', pathOf(testLoss.values));
  group
    .append('path')
    .attr('class', 'line ink')
    .attr('stroke-width', 2)
    .attr('d', pathOf(loss.values));
  drawKeys(group, {
    x: box.left,
    y: box.bottom + 62,
    width: width - box.left,
    keys: [
      { mark: 'line', text: 'training loss' },
      ...(testLoss ? [{ mark: 'reference', text: 'test loss' } as const] : []),
      { mark: 'end', text: 'a network, at its own loss' },
    ],
  });
}

/** Where the end of a track is drawn. */
function endOf({ line, x, y }: Scene, rows: readonly number[]): Point {
  const { coordinates, trueLoss } = line.result.markers;
  const row = rows.at(-1)!;
  return [x(coordinates.values[row]!), y(trueLoss.values[row]!)];
}

function drawMarks(group: Group, shown: Scene): void {
  const { line, width, box, selected } = shown;
  for (const { network, rows, colour, title } of line.tracks) {
    const at = endOf(shown, rows);
    if (!at.every(Number.isFinite)) continue;
    const chosen = network === selected;
    drawEnd(group, at, colour, chosen ? 7 : 5)
      .attr('class', 'outlined')
      .attr('stroke-width', 1.5);
    if (chosen || line.tracks.length <= 6)
      writeText(group, {
        x: Math.min(width - 40, Math.max(box.left + 40, at[0])),
        y: at[1] - 12,
        text: title,
        anchor: 'middle',
        style: 'strong halo',
      });
  }
}

function picking(shown: Scene): Picking {
  const { line, selected } = shown;
  const { tracks } = line;
  return {
    count: Math.max(...tracks.map(({ network }) => network)) + 1,
    columns: 1,
    selected,
    nearest: (px, py) =>
      nearestNetwork(
        tracks.map(({ network, rows }) => [network, endOf(shown, rows)] as const),
        [px, py],
        40,
      ),
    say: (network) => {
      const track = tracks.find((each) => each.network === network);
      return track ? markerSentence(line, track, null) : `network ${network} is not on this line`;
    },
  };
}

export const sliceLine = defineFigure({
  name: 'slice-line',
  state,
  height: (width) => Math.round(Math.min(380, Math.max(300, 0.56 * width))),
  view,
  scene,
  layers: [
    { name: 'curves', inputs: ({ ground }) => ground, draw: drawCurves },
    { name: 'marks', inputs: ({ ground, selected }) => [...ground, selected], draw: drawMarks },
  ],
  picking,
  describe: ({ line, slices }) => describeSlice(line, { quantity: 'loss', unit: slices.unit }),
  table: ({ line, slices }) => markerTable(line, slices.unit),
  controls: () => [scaleControl('Height')],
  fidelity: ({ line, slices }) => sliceFidelitySentences(line, slices),
});
