// The layers of the depth figure: names, maps, the chart of means, a reader's guess, keys.
import { scaleLinear } from 'd3';
import { drawAxes, type Box } from '../kit/axes.ts';
import { guessLayer, type Layer } from '../kit/define-figure.ts';
import { formatNumber } from '../kit/format.ts';
import { textWidth, writeText, writeWrapped } from '../kit/labels.ts';
import { drawColourBar, drawKeys } from '../kit/legend.ts';
import { contourScale, type ContourScale } from '../kit/level-scale.ts';
import { drawEnd } from '../kit/marks.ts';
import { classColours, networkColour } from '../kit/palette.ts';
import { dotsPath, type Point } from '../kit/path.ts';
import type { Group } from '../kit/stage.ts';
import { drawWhisker, type WhiskerMark } from '../kit/whisker.ts';
import type { DepthCell, DepthColumn, DepthConvexityState, DepthKind } from './depth-data.ts';
import { drawLossMap, drawRatioLegend, drawRatioMap } from './depth-maps.ts';
import type { DepthScene } from './depth-scene.ts';
import { meanOfDepth } from './depth-words.ts';

const looks: Readonly<Record<DepthKind, { colour: string; mark: WhiskerMark; name: string }>> = {
  plain: { colour: classColours[0], mark: 'circle', name: 'plain' },
  residual: { colour: classColours[2], mark: 'square', name: 'with skips' },
};

const unscaledName = (depth: number, isNarrow: boolean): string =>
  isNarrow ? `${depth}, swapped` : `${depth}, starts swapped`;

function columnName(
  { depth, isUnscaled }: DepthColumn,
  isFirst: boolean,
  isNarrow: boolean,
): string {
  if (isUnscaled) return unscaledName(depth, isNarrow);
  if (!isFirst) return String(depth);
  return isNarrow ? `${depth} layers` : `${depth} hidden layers`;
}

function drawNames(group: Group, scene: DepthScene): void {
  const { columns, isNarrow, size, columnAt, rowAt, isDrawn } = scene;
  for (const [index, column] of columns.entries()) {
    const { isUnscaled } = column;
    if (!isDrawn(column)) continue;
    writeText(group, {
      x: columnAt(index) + (isUnscaled ? size : size / 2),
      y: 14,
      text: columnName(column, index === 0, isNarrow),
      anchor: isUnscaled ? 'end' : 'middle',
      style: 'strong',
    });
  }
  for (const kind of ['plain', 'residual'] as const)
    writeText(group, {
      x: columnAt(0),
      y: rowAt(kind) - 5,
      text: looks[kind].name,
      style: 'muted',
    });
}

function drawMaps(group: Group, scene: DepthScene): void {
  const { cells, columns, known, size, isDrawn } = scene;
  const losses = cells.flatMap(({ convexity }) => Array.from(convexity.loss.values));
  const scale = contourScale(losses, { logarithmic: true, count: 16 });
  for (const cell of cells) {
    if (!isDrawn(columns[cell.column]!)) continue;
    const [left, top] = [scene.columnAt(cell.column), scene.rowAt(cell.kind)];
    const box: Box = { left, right: left + size, top, bottom: top + size };
    const isKnown = known.includes(cell);
    if (isKnown) drawMap(group, box, cell, scene, scale);
    else
      writeText(group, {
        x: (box.left + box.right) / 2,
        y: (box.top + box.bottom) / 2 + 4,
        text: '?',
        anchor: 'middle',
        style: 'muted',
      });
    group
      .append('rect')
      .attr('class', 'panel-edge')
      .attr('x', box.left.toFixed(1))
      .attr('y', box.top.toFixed(1))
      .attr('width', size.toFixed(1))
      .attr('height', size.toFixed(1));
    if (isKnown) drawCentre(group, box, cell.convexity.networks[0]!, scene.isLoss);
  }
  drawLegend(group, scene, scale);
}

function drawMap(
  group: Group,
  box: Box,
  { convexity }: DepthCell,
  { isLoss, place }: DepthScene,
  scale: ContourScale,
): void {
  if (isLoss) drawLossMap(group, box, convexity, scale);
  else drawRatioMap(group, box, convexity, place);
}

/** The network that the plane was laid through; a mean over planes has many. */
function drawCentre(group: Group, box: Box, network: number, isLoss: boolean): void {
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  if (isLoss) {
    drawEnd(group, [x, y], networkColour(network), 4.5).attr('class', 'outlined');
    return;
  }
  group
    .append('path')
    .attr('class', 'line depth-centre')
    .attr('stroke-width', 1.5)
    .attr('d', `M${(x - 4).toFixed(1)},${y.toFixed(1)}h8M${x.toFixed(1)},${(y - 4).toFixed(1)}v8`);
}

/** In the upper row of the last column, which has no plain network of its own. */
function drawLegend(group: Group, scene: DepthScene, scale: ContourScale): void {
  const { columns, isLoss, isNarrow, size } = scene;
  const [x, y] = [scene.columnAt(columns.length - 1), scene.rowAt('plain')];
  if (isLoss) {
    const short = isNarrow ? 'Loss, log' : 'Loss (log scale)';
    drawColourBar(group, {
      x,
      y: y + 4,
      width: size - 16,
      title: size < 136 ? short : 'Loss (nats; log scale)',
      scale,
      format: formatNumber,
    });
    return;
  }
  const text = isNarrow ? 'Down ÷ up' : 'Bends down ÷ up';
  const rows = writeWrapped(group, { x, y: y + 14, text, style: 'axis-name', width: size });
  drawRatioLegend(group, x, y + 8 + rows * 16, size);
}

const chartNames = {
  loss: {
    narrow: 'Share of the plane that curves down',
    wide: 'Share of the plane on which the loss curves down in some direction',
  },
  ratio: {
    narrow: '|Smallest ÷ largest| eigenvalue, plane mean',
    wide: '|Smallest ÷ largest| eigenvalue of the Hessian, mean over the plane',
  },
} as const;

function drawChart(group: Group, scene: DepthScene): void {
  const { chart, y, isNarrow, state, columns, size, columnAt, isDrawn } = scene;
  drawAxes(group, {
    box: chart,
    x: scaleLinear([0, 1], [chart.left, chart.right]),
    y,
    xTicks: [],
    yTicks: y.ticks(4),
    xFormat: String,
    yFormat: formatNumber,
    xName: '',
    yName: chartNames[state.show][isNarrow ? 'narrow' : 'wide'],
  });
  for (const [index, column] of columns.entries())
    if (isDrawn(column))
      writeText(group, {
        x: columnAt(index) + size / 2,
        y: chart.bottom + 16,
        text: columnName(column, !isNarrow, isNarrow),
        anchor: 'middle',
        style: 'muted small',
      });
  for (const cell of scene.known) drawCell(group, scene, cell);
}

/** The values of the networks of one cell, their mean, and the picked one among them. */
function drawCell(group: Group, scene: DepthScene, cell: DepthCell): void {
  const { y, isNarrow, columns, place, state } = scene;
  const { colour, mark } = looks[cell.kind];
  const x = scene.acrossOf(cell);
  const values = scene.valuesOf(cell);
  group
    .append('path')
    .attr('class', 'dots')
    .attr('stroke', colour)
    .attr('stroke-opacity', 0.45)
    .attr('stroke-width', 4.5)
    .attr('d', dotsPath(values.map((value): Point => [x, y(value)])));
  const { value, interval } = meanOfDepth(cell, state);
  drawWhisker(group, {
    mean: y(value),
    interval: [y(interval[0]), y(interval[1])],
    across: x,
    colour,
    mark,
    standing: true,
  });
  // Where there is little room, the left one of two stands above its mark, clear of the axis.
  const isAbove = isNarrow && cell.kind === 'plain';
  const isLeft = cell.kind === 'plain' || columns[cell.column]!.isUnscaled;
  writeText(group, {
    x: isAbove ? x : x + (isLeft ? -9 : 9),
    y: isAbove ? y(Math.max(interval[1], ...values)) - 7 : y(value) + 4,
    text: value.toFixed(2),
    anchor: isAbove ? 'middle' : isLeft ? 'end' : 'start',
    style: isNarrow ? 'small halo' : 'halo',
  });
  if (place === null) return;
  group
    .append('circle')
    .attr('class', 'line ink')
    .attr('cx', x.toFixed(1))
    .attr('cy', y(values[place]!).toFixed(1))
    .attr('r', 4.5)
    .attr('stroke-width', 1.5);
}

type Guess = NonNullable<DepthConvexityState['guess']>;

/** A line under the kind that was guessed at the largest depth, or under both. */
function drawGuess(group: Group, scene: DepthScene, guess: Guess): void {
  const { cells, columns, chart, isNarrow, acrossOf } = scene;
  if (!scene.state.revealed) return;
  const deepest = Math.max(...columns.map(({ depth }) => depth));
  const at = (kind: DepthKind): DepthCell | undefined =>
    cells.find((cell) => {
      const { depth, isUnscaled } = columns[cell.column]!;
      return cell.kind === kind && depth === deepest && !isUnscaled;
    });
  const [plain, residual] = [at('plain'), at('residual')];
  if (!plain || !residual) return;
  const [a, b] = [acrossOf(plain), acrossOf(residual)];
  const spans = { plain: [a - 9, a + 9], residual: [b - 9, b + 9], same: [a - 9, b + 9] } as const;
  const [from, to] = spans[guess];
  const floor = chart.bottom - 5;
  group
    .append('path')
    .attr('class', 'guess-mark')
    .attr('d', `M${from.toFixed(1)},${floor}H${to.toFixed(1)}`);
  const long = guess === 'same' ? 'your guess: the same' : 'your guess: smoother';
  const text = isNarrow ? 'your guess' : long;
  const half = textWidth(text, 12.6) / 2;
  writeText(group, {
    x: Math.min(chart.right - half, Math.max(chart.left + half, (from + to) / 2)),
    y: floor - 8,
    text,
    anchor: 'middle',
    style: 'guess-label halo',
  });
}

function drawDepthKeys(group: Group, scene: DepthScene): void {
  const { chart, width, height, isNarrow, place, networks } = scene;
  drawKeys(group, {
    x: chart.left,
    y: height - 6,
    width: width - chart.left,
    keys: [
      {
        mark: 'dot',
        colour: looks.plain.colour,
        text: isNarrow ? 'plain' : 'plain: mean, 95% interval',
      },
      { mark: 'square', colour: looks.residual.colour, text: 'with skips' },
      ...(place === null ? [] : [{ mark: 'ring', text: `network ${networks[place]}` } as const]),
    ],
  });
}

const withPlace = ({ ground, place }: DepthScene): unknown[] => [...ground, place];

export const depthLayers: readonly Layer<DepthScene>[] = [
  { name: 'names', inputs: ({ ground }) => ground, draw: drawNames },
  { name: 'maps', inputs: withPlace, draw: drawMaps },
  { name: 'chart', inputs: withPlace, draw: drawChart },
  guessLayer(({ ground }) => ground, drawGuess),
  { name: 'keys', inputs: withPlace, draw: drawDepthKeys },
];
