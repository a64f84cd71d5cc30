// Barriers between all pairs of networks as a matrix, as trained and aligned, on one colour scale, with their distribution.
import type { StudyDisplay } from '../../artifact/load-study.ts';
import { drawCells } from './barrier-cells.ts';
import { alignmentTexts } from './barrier-data.ts';
import { drawHistogram } from './barrier-histogram.ts';
import { openWithPartner } from './barrier-partner.ts';
import { barrierScale } from './barrier-scale.ts';
import {
  absence,
  cellAt,
  heightOf,
  layoutOf,
  shownSpreads,
  valueIn,
  viewOf,
  type BarrierMatrixState,
  type Layout,
  type View,
} from './barrier-view.ts';
import { controls, describe, table, wordsOf } from './barrier-words.ts';
import type { Figure } from '../kit/figure.ts';
import { writeAbsence, writeText, writeWrapped } from '../kit/labels.ts';
import { networkColour } from '../kit/palette.ts';
import type { Group, Picking, Stage } from '../kit/stage.ts';

function paint(stage: Stage<StudyDisplay, BarrierMatrixState>): Picking | null {
  const { data, state, width } = stage;
  const view = viewOf(data);
  stage.layer('absence', [view === null], (group) => {
    if (view === null) writeAbsence(group, width, stage.height, absence);
  });
  if (view === null) return null;
  const { networks } = view;
  const N = networks.length;
  const layout = layoutOf(width);
  const { side, left, top } = layout;
  const cell = side / N;
  const order = view.orders[state.order];
  const scale = barrierScale(Object.values(view.matrices), state.scale === 'log');
  const place = new Map(order.map((network, row) => [network, row]));
  const at = (network: number | null): number | null => {
    const index = network === null ? -1 : networks.indexOf(network);
    return index < 0 ? null : index;
  };
  const [selected, partner] = [at(state.selected), at(state.partner)];
  const { passing } = state;

  function value(row: number, column: number): number | null {
    if (row === column) return null;
    const [i, j] = [order[row]!, order[column]!];
    const to = valueIn(view!, state.aligned, i, j, column > row);
    if (!passing) return to;
    const from = valueIn(view!, passing.from, i, j, column > row);
    if (state.scale === 'linear') return from + passing.t * (to - from);
    const least = scale.minimum;
    const [a, b] = [Math.max(from, least), Math.max(to, least)];
    return a * (b / a) ** passing.t;
  }

  stage.layer(
    'cells',
    [data, state.aligned, state.order, state.scale, passing?.from, passing?.t],
    (group) => {
      drawCells(group, { N, x: left, y: top, cell, scale, value });
    },
  );
  stage.layer('edge', [data, state.order, state.aligned], (group) => {
    for (const [row, index] of order.entries())
      group
        .append('path')
        .attr('stroke', networkColour(networks[index]!))
        .attr('stroke-width', (cell + 0.2).toFixed(2))
        .attr('d', `M${left - 7},${(top + (row + 0.5) * cell).toFixed(1)}h5`);
    drawNumbers(group, view, state, layout);
    if (state.aligned === 'both') drawHalves(group, layout);
  });
  stage.layer('selected', [data, selected, partner, state.order, state.aligned], (group) => {
    if (selected === null) return;
    const frame = (x: number, y: number, w: number, h: number): string =>
      `M${x.toFixed(1)},${y.toFixed(1)}h${w.toFixed(1)}v${h.toFixed(1)}h${(-w).toFixed(1)}z`;
    const row = top + place.get(selected)! * cell;
    const column = left + place.get(selected)! * cell;
    const pair = partner === null || partner === selected ? null : place.get(partner)!;
    const path =
      pair === null
        ? frame(left, row, side, cell) + frame(column, top, cell, side)
        : frame(left + pair * cell - 1.5, row - 1.5, cell + 3, cell + 3);
    group.append('path').attr('class', 'casing').attr('stroke-width', 4).attr('d', path);
    group.append('path').attr('class', 'line ink').attr('stroke-width', 1.5).attr('d', path);
    if (pair === null) return;
    const cross = `M${left},${(row + cell / 2).toFixed(1)}H${(left + pair * cell - 2).toFixed(1)}M${(left + (pair + 0.5) * cell).toFixed(1)},${top}V${(row - 2).toFixed(1)}`;
    group.append('path').attr('class', 'casing').attr('stroke-width', 2.75).attr('d', cross);
    group.append('path').attr('class', 'line ink').attr('stroke-width', 1).attr('d', cross);
  });
  const box = layout.beside
    ? { x: left + side + 34, y: top - 12, width: width - left - side - 44, height: 236 }
    : {
        x: 12,
        y: top + side + 36,
        width: width - 24,
        height: width < 400 ? 136 : 150,
      };
  stage.layer('spread', [data, state.aligned, state.scale], (group) => {
    drawHistogram(group, {
      ...box,
      scale,
      title: `Barrier${box.width < 230 ? '' : ' of each pair'} (nats${scale.logarithmic ? '; log scale' : ''})`,
      spreads: shownSpreads(view, state.aligned),
    });
  });
  stage.layer('words', [data, selected, partner, state.aligned], (group) => {
    const lines = wordsOf(view, state, selected, partner);
    if (layout.beside) {
      let y = box.y + box.height + 26;
      for (const [index, text] of lines.entries())
        y +=
          16 *
            writeWrapped(group, {
              x: box.x,
              y,
              text,
              style: index === 0 ? 'strong' : 'muted',
              width: box.width,
            }) +
          4;
    } else
      writeText(group, {
        x: width / 2,
        y: top + side + 20,
        text: lines[0]!,
        anchor: 'middle',
        style: 'strong',
      });
  });

  return {
    count: networks.at(-1)! + 1,
    // Up and down pick the partner, which the stage knows nothing of.
    columns: 0,
    selected: state.selected,
    nearest: (x, y) => cellAt(data, state, width, [x, y])?.[0] ?? null,
    say: (network) => wordsOf(view, state, at(network), partner).join(' '),
  };
}

function drawNumbers(group: Group, view: View, state: BarrierMatrixState, layout: Layout): void {
  const { side, left, top } = layout;
  const cell = side / view.networks.length;
  const isNumbered = state.order === 'number';
  const name = isNumbered ? 'network' : 'networks, those alike side by side';
  writeText(group, {
    x: left + side / 2,
    y: top - 8,
    text: name,
    anchor: 'middle',
    style: 'axis-name',
  });
  if (!isNumbered) return;
  for (const [row, network] of view.networks.entries())
    if (network % 10 === 0)
      writeText(group, {
        x: left - 10,
        y: top + (row + 0.5) * cell + 4,
        text: String(network),
        anchor: 'end',
        style: 'muted small',
      });
}

function drawHalves(group: Group, { side, left, top }: Layout): void {
  const above = alignmentTexts.weights;
  writeText(group, {
    x: left + side - 8,
    y: top + 18,
    text: above,
    anchor: 'end',
    style: 'strong halo',
  });
  writeText(group, {
    x: left + 8,
    y: top + side - 10,
    text: alignmentTexts.raw,
    style: 'strong halo',
  });
}

const initial: BarrierMatrixState = {
  aligned: 'raw',
  order: 'number',
  scale: 'log',
  selected: null,
  partner: null,
};

export const barrierMatrix: Figure<StudyDisplay, BarrierMatrixState> = {
  name: 'barrier-matrix',
  initial,
  height: heightOf,
  draw: (container, data, state, environment) =>
    openWithPartner(
      {
        name: 'barrier-matrix',
        container,
        data,
        state,
        environment,
        describe,
        paint,
        between: (from, to, t) =>
          from.aligned === to.aligned || from.order !== to.order || from.scale !== to.scale
            ? null
            : { ...to, passing: { from: from.aligned, t } },
      },
      cellAt,
    ),
  describe,
  table,
  controls,
};
