// How rough the land is around plain and residual networks of growing depth: maps side by side, their means below.
import { scaleLinear } from 'd3';
import type { StudyDisplay } from '../../artifact/load-study.ts';
import { drawAxes, type Box } from '../kit/axes.ts';
import {
  depthGridOf,
  type DepthCell,
  type DepthKind,
  type DepthConvexityState,
} from './depth-data.ts';
import { drawLossMap, drawRatioLegend, drawRatioMap } from './depth-maps.ts';
import {
  controlsOfDepth,
  describeDepth,
  fidelityOfDepth,
  isDepthKnown,
  meanOfDepth,
  tableOfDepth,
} from './depth-words.ts';
import type { Figure } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { textWidth, writeAbsence, writeText, writeWrapped } from '../kit/labels.ts';
import { drawColourBar, drawKeys } from '../kit/legend.ts';
import { levelScale } from '../kit/level-scale.ts';
import { drawEnd } from '../kit/marks.ts';
import { classColours, networkColour } from '../kit/palette.ts';
import { dotsPath, type Point } from '../kit/path.ts';
import { openStage, type Group, type Picking, type Stage } from '../kit/stage.ts';
import { drawWhisker, type WhiskerMark } from '../kit/whisker.ts';

const looks: Readonly<Record<DepthKind, { colour: string; mark: WhiskerMark; name: string }>> = {
  plain: { colour: classColours[0], mark: 'circle', name: 'plain' },
  residual: { colour: classColours[2], mark: 'square', name: 'with skips' },
};

/** Pixels: left of the maps, between them at least, above a row for its name, and of the chart below. */
const [left, gap, rowName, chartHeight] = [44, 8, 18, 186];

/** On a tablet smaller than they could be, so that the whole fits half its screen. */
const mapSize = (width: number, columns = 4): number =>
  Math.min(width < 720 ? 107 : 150, (width - left - (columns - 1) * gap) / columns);
const heightAt = (width: number): number => 24 + 2 * (mapSize(width) + rowName) + chartHeight;

function paint(stage: Stage<StudyDisplay, DepthConvexityState>): Picking | null {
  const { data, state, width, height } = stage;
  const grid = depthGridOf(data);
  stage.layer('absence', [grid === null], (group) => {
    if (grid === null)
      writeAbsence(group, width, height, 'This study laid no planes through its networks.');
  });
  if (grid === null) return null;
  const { columns, cells } = grid;
  const isNarrow = width < 520;
  // Above its text on a phone, the picture is given less height than it wants: chart and maps give way alike.
  const chartSpace = chartHeight - Math.min(30, Math.max(0, heightAt(width) - height) / 2);
  const size = Math.min(mapSize(width, columns.length), (height - chartSpace - 24) / 2 - rowName);
  const wide = width < 720 ? width : left + columns.length * (size + gap) - gap;
  const columnAt = (column: number): number =>
    left + (column * (wide - left - size)) / Math.max(1, columns.length - 1);
  const rowAt = (kind: DepthKind): number => 24 + rowName + (kind === 'plain' ? 0 : size + rowName);
  const boxOf = ({ column, kind }: DepthCell): Box => ({
    left: columnAt(column),
    right: columnAt(column) + size,
    top: rowAt(kind),
    bottom: rowAt(kind) + size,
  });
  const isLoss = state.show === 'loss';
  const known = cells.filter((cell) => isDepthKnown(cell, grid, state));
  const networks = cells[0]!.convexity.networks.slice(0, grid.hessianNetworks);
  const found = networks.indexOf(state.selected ?? -1);
  const place = found < 0 || isLoss ? null : found;
  const view = [data, state.show, state.unscaled, state.revealed];

  stage.layer('names', view, (group) => {
    for (const [column, { depth, isUnscaled }] of columns.entries()) {
      const text = isUnscaled
        ? isNarrow
          ? `${depth}, full`
          : `${depth}, full branches`
        : column === 0 && !isNarrow
          ? `${depth} hidden layers`
          : column === 0
            ? `${depth} layers`
            : String(depth);
      if (isUnscaled && !state.unscaled) continue;
      writeText(group, {
        x: columnAt(column) + (isUnscaled ? size : size / 2),
        y: isUnscaled ? rowAt('residual') - 5 : 14,
        text,
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
  });

  const losses = cells.flatMap(({ convexity }) => Array.from(convexity.loss.values));
  const scale = levelScale(losses, { logarithmic: true, count: 9 });
  stage.layer('maps', [...view, place], (group) => {
    for (const cell of cells) {
      const box = boxOf(cell);
      if (columns[cell.column]!.isUnscaled && !state.unscaled) continue;
      if (!known.includes(cell)) {
        writeText(group, {
          x: (box.left + box.right) / 2,
          y: (box.top + box.bottom) / 2 + 4,
          text: '?',
          anchor: 'middle',
          style: 'muted',
        });
      } else if (isLoss) drawLossMap(group, box, cell.convexity, scale);
      else drawRatioMap(group, box, cell.convexity, place);
      group
        .append('rect')
        .attr('class', 'panel-edge')
        .attr('x', box.left.toFixed(1))
        .attr('y', box.top.toFixed(1))
        .attr('width', size.toFixed(1))
        .attr('height', size.toFixed(1));
      if (known.includes(cell)) drawCentre(group, box, cell.convexity.networks[0]!);
    }
    drawLegend(group);
  });

  /** The network that the plane was laid through; a mean over planes has many. */
  function drawCentre(group: Group, box: Box, network: number): void {
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    if (isLoss) {
      drawEnd(group, [x, y], networkColour(network), 4.5).attr('class', 'outlined');
      return;
    }
    group
      .append('path')
      .attr('class', 'line depth-centre')
      .attr('stroke-width', 1.5)
      .attr(
        'd',
        `M${(x - 4).toFixed(1)},${y.toFixed(1)}h8M${x.toFixed(1)},${(y - 4).toFixed(1)}v8`,
      );
  }

  /** In the upper row of the last column, which has no plain network of its own. */
  function drawLegend(group: Group): void {
    const [x, y] = [columnAt(columns.length - 1), rowAt('plain')];
    if (isLoss) {
      drawColourBar(group, {
        x,
        y: y + 4,
        width: size - 16,
        title:
          size < 136 ? (isNarrow ? 'Loss, log' : 'Loss (log scale)') : 'Loss (nats; log scale)',
        scale,
        format: formatNumber,
      });
      return;
    }
    const text = isNarrow ? 'Down ÷ up' : 'Bends down ÷ up';
    const rows = writeWrapped(group, { x, y: y + 14, text, style: 'axis-name', width: size });
    drawRatioLegend(group, x, y + 8 + rows * 16, size);
  }

  const chart: Box = {
    left,
    right: columnAt(columns.length - 1) + size,
    top: height - chartSpace + 44,
    bottom: height - 46,
  };
  const each = ({ convexity }: DepthCell): number[] =>
    Array.from((isLoss ? convexity.negativeShare : convexity.curvatureRatio).values);
  const most = Math.max(...cells.flatMap(each));
  const y = scaleLinear([0, most * 1.12], [chart.bottom, chart.top]);
  const acrossOf = ({ column, kind }: DepthCell): number => {
    const shift = columns[column]!.isUnscaled ? 0 : Math.min(16, size / 6);
    return columnAt(column) + size / 2 + (kind === 'plain' ? -shift : shift);
  };

  stage.layer('chart', [...view, place], (group) => {
    drawAxes(group, {
      box: chart,
      x: scaleLinear([0, 1], [chart.left, chart.right]),
      y,
      xTicks: [],
      yTicks: y.ticks(4),
      xFormat: String,
      yFormat: formatNumber,
      xName: '',
      yName: isLoss
        ? isNarrow
          ? 'Share of the plane that curves down'
          : 'Share of the plane on which the loss curves down in some direction'
        : isNarrow
          ? '|Smallest ÷ largest| eigenvalue, plane mean'
          : '|Smallest ÷ largest| eigenvalue of the Hessian, mean over the plane',
    });
    for (const [column, { depth, isUnscaled }] of columns.entries())
      if (!isUnscaled || state.unscaled)
        writeText(group, {
          x: columnAt(column) + size / 2,
          y: chart.bottom + 16,
          text: isUnscaled
            ? isNarrow
              ? `${depth}, full`
              : `${depth}, full branches`
            : isNarrow
              ? String(depth)
              : `${depth} hidden layers`,
          anchor: 'middle',
          style: 'muted small',
        });
    for (const cell of known) {
      const { colour, mark } = looks[cell.kind];
      const x = acrossOf(cell);
      group
        .append('path')
        .attr('class', 'dots')
        .attr('stroke', colour)
        .attr('stroke-opacity', 0.45)
        .attr('stroke-width', 4.5)
        .attr('d', dotsPath(each(cell).map((value): Point => [x, y(value)])));
      const { value, interval } = meanOfDepth(cell, state);
      drawWhisker(group, {
        mean: y(value),
        interval: [y(interval[0]), y(interval[1])],
        across: x,
        colour,
        mark,
        standing: true,
      });
      const text = value.toFixed(2);
      const isUnscaled = columns[cell.column]!.isUnscaled;
      // Where there is little room, the left one of two stands above its mark, clear of the axis.
      const isAbove = isNarrow && cell.kind === 'plain';
      const isLeft = cell.kind === 'plain' || isUnscaled;
      writeText(group, {
        x: isAbove ? x : x + (isLeft ? -9 : 9),
        y: isAbove ? y(Math.max(interval[1], ...each(cell))) - 7 : y(value) + 4,
        text,
        anchor: isAbove ? 'middle' : isLeft ? 'end' : 'start',
        style: isNarrow ? 'small halo' : 'halo',
      });
      if (place === null) continue;
      group
        .append('circle')
        .attr('class', 'line ink')
        .attr('cx', x.toFixed(1))
        .attr('cy', y(each(cell)[place]!).toFixed(1))
        .attr('r', 4.5)
        .attr('stroke-width', 1.5);
    }
  });

  stage.layer('guess', [...view, state.guess], (group) => {
    if (state.guess === null || !state.revealed) return;
    const deepest = Math.max(...columns.map(({ depth }) => depth));
    const at = (kind: DepthKind) =>
      cells.find(
        (cell) =>
          cell.kind === kind &&
          columns[cell.column]!.depth === deepest &&
          !columns[cell.column]!.isUnscaled,
      );
    const [plain, residual] = [at('plain'), at('residual')];
    if (!plain || !residual) return;
    const [a, b] = [acrossOf(plain), acrossOf(residual)];
    const [from, to] = { plain: [a - 9, a + 9], residual: [b - 9, b + 9], same: [a - 9, b + 9] }[
      state.guess
    ] as [number, number];
    const floor = chart.bottom - 5;
    group
      .append('path')
      .attr('class', 'guess-mark')
      .attr('d', `M${from.toFixed(1)},${floor}H${to.toFixed(1)}`);
    const text = isNarrow
      ? 'your guess'
      : state.guess === 'same'
        ? 'your guess: alike'
        : 'your guess: smoother';
    const half = textWidth(text, 12.6) / 2;
    writeText(group, {
      x: Math.min(chart.right - half, Math.max(chart.left + half, (from + to) / 2)),
      y: floor - 8,
      text,
      anchor: 'middle',
      style: 'guess-label halo',
    });
  });

  stage.layer('keys', [...view, place], (group) =>
    drawKeys(group, {
      x: left,
      y: height - 6,
      width: width - left,
      keys: [
        {
          mark: 'dot',
          colour: looks.plain.colour,
          text: isNarrow ? 'plain' : 'plain: mean, 95% interval',
        },
        { mark: 'square', colour: looks.residual.colour, text: 'with skips' },
        ...(place === null ? [] : [{ mark: 'ring', text: `network ${networks[place]}` } as const]),
      ],
    }),
  );

  if (isLoss) return null;
  return {
    count: Math.max(...networks) + 1,
    columns: 1,
    selected: place === null ? null : state.selected,
    nearest: (px, py) => {
      let best: { away: number; network: number } | null = null;
      for (const cell of known)
        for (const [index, value] of each(cell).entries()) {
          const away = Math.hypot(acrossOf(cell) - px, y(value) - py);
          if (away < (best?.away ?? 12) && networks[index] !== undefined)
            best = { away, network: networks[index] };
        }
      return best?.network ?? null;
    },
    say: (network) => {
      const index = networks.indexOf(network);
      if (index < 0) return `network ${network}: its Hessians were not computed`;
      return `plane of network ${network}: ${known.map((cell) => `${formatNumber(each(cell)[index]!)} (${cell.title})`).join(', ')}`;
    },
  };
}

export const depthConvexity: Figure<StudyDisplay, DepthConvexityState> = {
  name: 'depth-convexity',
  initial: { show: 'ratio', selected: null, unscaled: true, guess: null, revealed: false },
  height: heightAt,
  draw: (container, data, state, environment) =>
    openStage({
      name: 'depth-convexity',
      container,
      data,
      state,
      environment,
      describe: describeDepth,
      paint,
    }),
  describe: describeDepth,
  table: tableOfDepth,
  controls: controlsOfDepth,
  fidelity: fidelityOfDepth,
};
