// The layers of the paths between networks: axes, every pair's line, the strong line, ends, names, and a reader's guess.
import { min, scaleLinear } from 'd3';
import { drawAxes, logarithmicTicks } from '../kit/axes.ts';
import { formatNumber } from '../kit/format.ts';
import { spread, writeText } from '../kit/labels.ts';
import { drawEnd } from '../kit/marks.ts';
import { networkColour } from '../kit/palette.ts';
import { linePath, simplify } from '../kit/path.ts';
import { drawHorizontal, drawPath } from '../kit/shapes.ts';
import type { Group } from '../kit/stage.ts';
import type { ConnectingPath } from './connecting-curves-data.ts';
import {
  barrierOf,
  barrierText,
  mainPoints,
  pairPoints,
  type ConnectingView,
} from './connecting-curves-view.ts';

export function drawConnectingAxes(group: Group, view: ConnectingView): void {
  const { box, x, y, domain, pair, paths, state } = view;
  const isLog = state.scale === 'log';
  const endNames =
    pair >= 0
      ? paths.pairs[pair]!.map((network) => `network ${network}`)
      : ['one end', 'other end'];
  drawAxes(group, {
    box,
    x,
    y,
    xTicks: [0, 0.25, 0.5, 0.75, 1],
    yTicks: isLog
      ? logarithmicTicks(domain, Math.floor((box.bottom - box.top) / 34))
      : scaleLinear(domain, [0, 1]).ticks(6),
    xFormat: (value) => (value === 0 || value === 1 ? endNames[value]! : String(value)),
    yFormat: formatNumber,
    xName: 'Share of the way',
    yName: `Training loss (nats${isLog ? '; log scale' : ''})`,
  });
  drawHorizontal(group, 'reference', y(view.uniformLoss), box);
}

/** @param tolerance how far in pixels a faint line may leave its points. */
export function drawAllPairs(group: Group, view: ConnectingView, tolerance: number): void {
  for (const path of view.shown) {
    const lines = view.paths.pairs.map((_, c) =>
      linePath(simplify(pairPoints(view, path, c), tolerance)),
    );
    drawPath(group, 'line faint', lines.join(''), {
      colour: path.colour,
      width: 1,
      opacity: view.pair >= 0 ? 0.12 : 0.34,
    });
  }
}

export function drawMainLines(group: Group, view: ConnectingView): void {
  for (const path of view.shown) {
    const d = linePath(simplify(mainPoints(view, path), 0.3));
    drawPath(group, 'casing', d, { width: 5 });
    drawPath(group, `line strong-line ${path.shape}`, d, strokeOf(path));
  }
}

const strokeOf = ({ colour, dash }: ConnectingPath) => ({ colour, width: 2.75, dash });

/** The networks themselves, in their own colours. */
export function drawEnds(group: Group, { paths, pair, x, y }: ConnectingView): void {
  const { at, pairs } = paths;
  const straight = paths.all[0]!;
  const drawn = pair >= 0 ? [pair] : pairs.map((_, c) => c);
  for (const c of drawn)
    for (const [side, t] of [0, at.length - 1].entries()) {
      const value = straight.loss[c * at.length + t]!;
      const colour = networkColour(pairs[c]![side as 0 | 1]);
      drawEnd(group, [x(at[t]!), y(value)], colour, pair >= 0 ? 6 : 3.5)
        .attr('class', 'outlined')
        .attr('stroke-width', 1);
    }
}

/** Above the lines, whose paper-coloured edge would be cut by them. */
export function drawNames(group: Group, view: ConnectingView): void {
  const { box, y, uniformLoss, isNarrow } = view;
  writeText(group, {
    x: box.left + 6,
    y: y(uniformLoss) - 6,
    text: `knowing nothing: ${formatNumber(uniformLoss)}`,
    style: 'muted small halo',
  });
  if (isNarrow) drawKeyRow(group, view);
  else drawSideNames(group, view);
}

/** Beside the right end, the straight line's at its top, since all paths end in the same place. */
function drawSideNames(group: Group, view: ConnectingView): void {
  const { shown, box, pair } = view;
  if (shown.length === 0) return;
  const tops = shown.map((path) => min(mainPoints(view, path), ([, y]) => y) ?? box.bottom);
  const places = spread(tops, 38, box.top + 8, box.bottom - 22);
  for (const [k, path] of shown.entries()) {
    const y = places[k]!;
    drawPath(group, 'line', `M${box.right + 6},${y.toFixed(1)}h20`, strokeOf(path));
    writeText(group, { x: box.right + 32, y: y + 4, text: path.name, style: 'strong' });
    writeText(group, {
      x: box.right + 32,
      y: y + 18,
      text: barrierText(path, pair),
      style: 'muted',
    });
  }
}

function drawKeyRow(group: Group, { shown, paths, pair, width, height }: ConnectingView): void {
  const column = Math.min(150, (width - 20) / paths.all.length);
  const y = height - 24;
  for (const [k, path] of shown.entries()) {
    const left = 10 + k * column;
    drawPath(group, 'line', `M${left.toFixed(1)},${y - 4}h14`, strokeOf(path));
    writeText(group, { x: left + 18, y, text: path.name, style: 'strong small' });
    const text = `${pair < 0 && column > 120 ? 'mean ' : ''}barrier ${barrierOf(path, pair)}`;
    writeText(group, { x: left, y: y + 16, text, style: 'muted small' });
  }
}

export function drawGuess(group: Group, { state, box, x, y, uniformLoss }: ConnectingView): void {
  if (state.guess === null) return;
  const at = y(state.guess);
  drawPath(group, 'guess-mark', `M${x(0.35).toFixed(1)},${at.toFixed(1)}H${x(0.65).toFixed(1)}`);
  // Below its line where its words would run into others.
  const isBelow = at < box.top + 26 || Math.abs(at - y(uniformLoss)) < 20;
  writeText(group, {
    x: x(0.5),
    y: isBelow ? at + 18 : at - 8,
    text: `your guess: ${formatNumber(state.guess)}`,
    anchor: 'middle',
    style: 'guess-label halo',
  });
}
