// Training and test loss at the end against width: one keeps falling, the other turns.
import { scaleLog, type ScaleLogarithmic } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import { drawAxes, logarithmicTicks, type Box } from '../kit/axes.ts';
import { defineFigure, guessLayer } from '../kit/define-figure.ts';
import type { FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { spread, textWidth, writeText } from '../kit/labels.ts';
import { drawKeys } from '../kit/legend.ts';
import { networkColour } from '../kit/palette.ts';
import { linePath, type Point } from '../kit/path.ts';
import type { Group, Picking, Stage } from '../kit/stage.ts';
import { drawWhisker } from '../kit/whisker.ts';
import {
  looks,
  viewOfWidths,
  widthOutcomesState,
  type Part,
  type WidthOutcomesState,
  type WidthOutcomesView,
  type WidthRow,
} from './width-outcomes-data.ts';

interface Scene extends WidthOutcomesView {
  readonly width: number;
  readonly height: number;
  readonly isNarrow: boolean;
  readonly box: Box;
  readonly x: ScaleLogarithmic<number, number>;
  readonly y: ScaleLogarithmic<number, number>;
  readonly domain: readonly [number, number];
  readonly selected: number | null;
  readonly revealed: boolean;
  readonly guess: number | null;
}

function scene(view: WidthOutcomesView, stage: Stage<StudyDisplay, WidthOutcomesState>): Scene {
  const { width, height, state } = stage;
  const { rows, networks } = view;
  const box: Box = { left: 50, right: width - 74, top: 30, bottom: height - 72 };
  const all = rows
    .flatMap(({ values }) => [...values.train, ...values.test])
    .filter((value) => value > 0);
  const domain: [number, number] = [Math.min(...all) / 1.3, Math.max(...all) * 1.3];
  const [first, last] = [rows[0]!.units, rows.at(-1)!.units];
  return {
    ...view,
    width,
    height,
    isNarrow: width < 480,
    box,
    x: scaleLog([first / 1.2, last * 1.2], [box.left, box.right]),
    y: scaleLog(domain, [box.bottom, box.top]),
    domain,
    selected: state.selected !== null && state.selected < networks ? state.selected : null,
    revealed: state.revealed,
    guess: state.guess,
  };
}

/** Where a network of a width is drawn: beside the others of its width, in order. */
const place = (
  { x, y, networks, isNarrow }: Scene,
  { units, values }: WidthRow,
  part: Part,
  n: number,
): Point => [x(units) + (n - (networks - 1) / 2) * (isNarrow ? 1.4 : 2.4), y(values[part][n]!)];

function drawWidthAxes(group: Group, { data, rows, box, x, y, domain }: Scene): void {
  drawAxes(group, {
    box,
    x,
    y,
    xTicks: rows.map(({ units }) => units),
    yTicks: logarithmicTicks(domain, 7),
    xFormat: formatNumber,
    yFormat: formatNumber,
    xName: 'Units in the hidden layer (log scale)',
    yName: `Loss at the end (${data.study.conditions[0]?.experiment.loss === 'cross-entropy' ? 'nats' : 'mean squared error'}; log scale)`,
  });
}

function drawNetworks(group: Group, shown: Scene): void {
  const { parts, rows, networks, selected } = shown;
  group.attr('opacity', selected === null ? 0.6 : 0.25);
  for (const part of parts)
    for (const row of rows)
      for (let n = 0; n < networks; n++) {
        const [cx, cy] = place(shown, row, part, n);
        group
          .append('circle')
          .attr('cx', cx.toFixed(1))
          .attr('cy', cy.toFixed(1))
          .attr('r', 2)
          .attr('fill', networkColour(n));
      }
}

/** The means with their intervals, joined by a line that carries its name. */
function drawMeans(group: Group, { parts, rows, box, x, y }: Scene): void {
  const names = parts.map((part) => y(rows.at(-1)!.summary[part].mean));
  const heights = spread(names, 16, box.top, box.bottom);
  for (const [index, part] of parts.entries()) {
    const { colour, dash, mark, name } = looks[part];
    group
      .append('path')
      .attr('class', `line ${part}`)
      .attr('stroke', colour)
      .attr('stroke-width', 2.25)
      .attr('stroke-dasharray', dash)
      .attr('d', linePath(rows.map((row): Point => [x(row.units), y(row.summary[part].mean)])));
    for (const { units, summary } of rows) {
      const { mean, meanInterval } = summary[part];
      drawWhisker(group, {
        mean: y(mean),
        interval: [y(meanInterval[0]), y(meanInterval[1])],
        across: x(units),
        colour,
        mark,
        standing: true,
      });
    }
    writeText(group, {
      x: x(rows.at(-1)!.units) + 14,
      y: heights[index]! + 4,
      text: name,
      style: 'strong halo',
    });
  }
}

function drawSelected(group: Group, shown: Scene): void {
  const { parts, rows, selected } = shown;
  if (selected === null) return;
  for (const part of parts)
    group
      .append('path')
      .attr('class', 'line')
      .attr('stroke', networkColour(selected))
      .attr('stroke-width', 1.75)
      .attr('stroke-dasharray', looks[part].dash)
      .attr('d', linePath(rows.map((row) => place(shown, row, part, selected))));
}

function drawGuess(group: Group, { rows, box, x, revealed }: Scene, guess: number): void {
  const guessed = rows.find(({ units }) => units === guess);
  if (!guessed || !revealed) return;
  const at = x(guessed.units);
  group
    .append('path')
    .attr('class', 'guess-mark')
    .attr('d', `M${at.toFixed(1)},${box.top}V${box.bottom}`);
  const text = 'your guess';
  const isRight = at + textWidth(text, 12.6) + 8 > box.right;
  writeText(group, {
    x: at + (isRight ? -6 : 6),
    y: box.top + 8,
    text,
    anchor: isRight ? 'end' : 'start',
    style: 'guess-label halo',
  });
}

function drawWidthKeys(group: Group, shown: Scene): void {
  const { width, height, isNarrow, networks, selected } = shown;
  drawKeys(group, {
    x: 12,
    y: height - 10,
    width: width - 20,
    keys: [
      { mark: 'dot', text: 'one network' },
      { mark: 'line', text: isNarrow ? 'mean' : `mean of ${networks}, with 95% interval` },
      ...(selected === null
        ? []
        : [
            { mark: 'line', colour: networkColour(selected), text: `network ${selected}` } as const,
          ]),
    ],
  });
}

function picking(shown: Scene): Picking {
  const { networks, selected, parts, rows } = shown;
  return {
    count: networks,
    columns: 1,
    selected,
    nearest: (px, py) => {
      let best: { away: number; n: number } | null = null;
      for (const part of parts)
        for (const row of rows)
          for (let n = 0; n < networks; n++) {
            const [cx, cy] = place(shown, row, part, n);
            const away = Math.hypot(cx - px, cy - py);
            if (away < (best?.away ?? 10)) best = { away, n };
          }
      return best?.n ?? null;
    },
    say: (n) =>
      `network ${n}: ${rows.map(({ units, values }) => `${units} units ${parts.map((part) => `${looks[part].name} loss ${formatNumber(values[part][n]!)}`).join(', ')}`).join('; ')}`,
  };
}

function describe({ rows, networks, parts }: WidthOutcomesView): string {
  const told = rows.map(
    ({ units, summary }) =>
      `${units} units: ${parts
        .map((part) => {
          const { mean, meanInterval } = summary[part];
          return `${looks[part].name} ${formatNumber(mean)} (95% interval ${formatNumber(meanInterval[0])} to ${formatNumber(meanInterval[1])})`;
        })
        .join(', ')}`,
  );
  return `Mean loss at the end against the width of the hidden layer, ${networks} networks each. ${told.join('; ')}.`;
}

const table = ({ rows, parts }: WidthOutcomesView): FigureTable => ({
  columns: [
    { name: 'units' },
    ...parts.flatMap((part) => [
      { name: `mean ${looks[part].name} loss`, unit: 'nats' },
      { name: `${looks[part].name} loss, interval from`, unit: 'nats' },
      { name: `${looks[part].name} loss, interval to`, unit: 'nats' },
    ]),
  ],
  rows: rows.map(({ units, summary }) => [
    units,
    ...parts.flatMap((part) => [summary[part].mean, ...summary[part].meanInterval]),
  ]),
});

/** What every layer but the axes depends on. */
const shownRows = ({ data, revealed }: Scene): unknown[] => [data, revealed];

export const widthOutcomes = defineFigure({
  name: 'width-outcomes',
  state: widthOutcomesState,
  height: (width) => Math.round(Math.min(400, Math.max(330, width * 0.6))),
  view: viewOfWidths,
  scene,
  layers: [
    { name: 'axes', inputs: ({ data }) => [data], draw: drawWidthAxes },
    {
      name: 'networks',
      inputs: (shown) => [...shownRows(shown), shown.selected],
      draw: drawNetworks,
    },
    { name: 'lines', inputs: shownRows, draw: drawMeans },
    {
      name: 'selected',
      inputs: (shown) => [...shownRows(shown), shown.selected],
      draw: drawSelected,
    },
    guessLayer(shownRows, drawGuess),
    { name: 'keys', inputs: (shown) => [...shownRows(shown), shown.selected], draw: drawWidthKeys },
  ],
  picking,
  describe,
  table,
});
