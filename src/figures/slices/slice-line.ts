// The loss on a straight line through weight space, as from one solution to another, with the networks on it.
import { extent, scaleLinear, scaleLog } from 'd3';
import type { StudyDisplay } from '../../artifact/load-study.ts';
import { drawAxes, logarithmicTicks, type Box } from '../kit/axes.ts';
import type { Figure } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { writeAbsence, writeText } from '../kit/labels.ts';
import { drawKeys } from '../kit/legend.ts';
import { drawEnd } from '../kit/marks.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import { linePath, type Point } from '../kit/path.ts';
import { slicesOfStudy, type NamedSlice } from './slice-planes.ts';
import {
  axisName,
  describeSlice,
  markerSentence,
  markerTable,
  sliceFidelitySentences,
} from './slice-words.ts';
import { openStage, type Picking, type Stage } from '../kit/stage.ts';
import { scaleControl } from '../kit/common-controls.ts';

export interface SliceLineState {
  /** Name of the line; null for the first. */
  readonly slice: string | null;
  readonly scale: 'log' | 'linear';
  readonly selected: number | null;
}

const absence = 'There is no line among the slices of this study.';

function chosenLine(data: StudyDisplay, name: string | null): NamedSlice | null {
  const lines = slicesOfStudy(data)?.lines ?? [];
  return lines.find((line) => line.name === name) ?? lines[0] ?? null;
}

function paint(stage: Stage<StudyDisplay, SliceLineState>): Picking | null {
  const { data, state, width, height } = stage;
  const line = chosenLine(data, state.slice);
  stage.layer('absence', [line === null], (group) => {
    if (line === null) writeAbsence(group, width, height, absence);
  });
  if (line === null) return null;
  const { result, tracks } = line;
  const { markers, loss, testLoss } = result;
  const places = result.axes[0]!.values;
  const box: Box = { left: 50, right: width - 14, top: 30, bottom: height - 78 };
  const shown = [...loss.values, ...(testLoss?.values ?? []), ...markers.trueLoss.values];
  const [low = 0, high = 1] = extent(shown.filter((value) => Number.isFinite(value)));
  const isLog = state.scale === 'log' && low > 0;
  const domain: [number, number] = isLog ? [low / 1.3, high * 1.3] : [0, high * 1.06];
  const x = scaleLinear([places[0]!, places.at(-1)!], [box.left, box.right]);
  const y = (isLog ? scaleLog : scaleLinear)(domain, [box.bottom, box.top]);
  const unit = slicesOfStudy(data)!.unit;
  const pathOf = (values: Float32Array): string =>
    linePath(Array.from(values, (value, i): Point => [x(places[i]!), y(value)]));
  const selected = tracks.some(({ network }) => network === state.selected) ? state.selected : null;

  stage.layer('curves', [result, state.scale], (group) => {
    drawAxes(group, {
      box,
      x,
      y,
      xTicks: x.ticks(Math.max(3, Math.floor((box.right - box.left) / 80))),
      yTicks: isLog
        ? logarithmicTicks(domain, Math.floor((box.bottom - box.top) / 30))
        : y.ticks(5),
      xFormat: formatNumber,
      yFormat: formatNumber,
      xName: axisName(line, 0, width < 460),
      yName: `Loss on the line (${unit}${isLog ? '; log scale' : ''})`,
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
  });
  const spotOf = (row: number): Point => [
    x(markers.coordinates.values[row]!),
    y(markers.trueLoss.values[row]!),
  ];
  stage.layer('marks', [result, state.scale, selected], (group) => {
    for (const { network, rows, colour, title } of tracks) {
      const at = spotOf(rows.at(-1)!);
      if (!at.every(Number.isFinite)) continue;
      const chosen = network === selected;
      drawEnd(group, at, colour, chosen ? 7 : 5)
        .attr('class', 'outlined')
        .attr('stroke-width', 1.5);
      if (chosen || tracks.length <= 6)
        writeText(group, {
          x: Math.min(width - 40, Math.max(box.left + 40, at[0])),
          y: at[1] - 12,
          text: title,
          anchor: 'middle',
          style: 'strong halo',
        });
    }
  });
  return {
    count: Math.max(...tracks.map(({ network }) => network)) + 1,
    columns: 1,
    selected,
    nearest: (px, py) =>
      nearestNetwork(
        tracks.map(({ network, rows }) => [network, spotOf(rows.at(-1)!)] as const),
        [px, py],
        40,
      ),
    say: (network) => {
      const track = tracks.find((each) => each.network === network);
      return track ? markerSentence(line, track, null) : `network ${network} is not on this line`;
    },
  };
}

export const sliceLine: Figure<StudyDisplay, SliceLineState> = {
  name: 'slice-line',
  initial: { slice: null, scale: 'log', selected: null },
  height: (width) => Math.round(Math.min(380, Math.max(300, 0.56 * width))),
  draw: (container, data, state, environment) =>
    openStage({ name: 'slice-line', container, data, state, environment, describe, paint }),
  describe,
  table(data, state) {
    const line = chosenLine(data, state.slice);
    return line ? markerTable(line, slicesOfStudy(data)!.unit) : { columns: [], rows: [] };
  },
  controls: () => [scaleControl('Height')],
  fidelity(data, state) {
    const line = chosenLine(data, state.slice);
    return line ? sliceFidelitySentences(line, slicesOfStudy(data)!) : [];
  },
};

function describe(data: StudyDisplay, state: SliceLineState): string {
  const line = chosenLine(data, state.slice);
  return line
    ? describeSlice(line, { quantity: 'loss', unit: slicesOfStudy(data)!.unit })
    : absence;
}
