// The layers of the paths between networks: axes, every pair's line, the strong line, ends, names, and a reader's guess.
import { min, scaleLinear } from 'd3';
import { drawAxes, logarithmicTicks } from '../kit/axes.ts';
import { guessLayer, type Layer } from '../kit/define-figure.ts';
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
  type ConnectingScene,
} from './connecting-curves-scene.ts';

function drawConnectingAxes(group: Group, scene: ConnectingScene): void {
  const { box, x, y, domain, pair, paths, state } = scene;
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
  drawHorizontal(group, 'reference', y(scene.uniformLoss), box);
}

function drawAllPairs(group: Group, scene: ConnectingScene): void {
  for (const path of scene.shown) {
    const lines = scene.paths.pairs.map((_, c) =>
      linePath(simplify(pairPoints(scene, path, c), scene.tolerance)),
    );
    drawPath(group, 'line faint', lines.join(''), {
      colour: path.colour,
      width: 1,
      opacity: scene.pair >= 0 ? 0.12 : 0.34,
    });
  }
}

function drawMainLines(group: Group, scene: ConnectingScene): void {
  for (const path of scene.shown) {
    const d = linePath(simplify(mainPoints(scene, path), 0.3));
    drawPath(group, 'casing', d, { width: 5 });
    drawPath(group, `line strong-line ${path.shape}`, d, strokeOf(path));
  }
}

const strokeOf = ({ colour, dash }: ConnectingPath) => ({ colour, width: 2.75, dash });

/** The networks themselves, in their own colours. */
function drawEnds(group: Group, { paths, pair, x, y }: ConnectingScene): void {
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
function drawNames(group: Group, scene: ConnectingScene): void {
  const { box, y, uniformLoss, isNarrow } = scene;
  writeText(group, {
    x: box.left + 6,
    y: y(uniformLoss) - 6,
    text: `knowing nothing: ${formatNumber(uniformLoss)}`,
    style: 'muted small halo',
  });
  if (isNarrow) drawKeyRow(group, scene);
  else drawSideNames(group, scene);
}

/** Beside the right end, the straight line's at its top, since all paths end in the same place. */
function drawSideNames(group: Group, scene: ConnectingScene): void {
  const { shown, box, pair } = scene;
  if (shown.length === 0) return;
  const tops = shown.map((path) => min(mainPoints(scene, path), ([, y]) => y) ?? box.bottom);
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

function drawKeyRow(group: Group, { shown, paths, pair, width, height }: ConnectingScene): void {
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

function drawGuess(group: Group, scene: ConnectingScene, guess: number): void {
  const { box, x, y, uniformLoss, guessedLoss } = scene;
  const at = y(guessedLoss ?? guess);
  drawPath(group, 'guess-mark', `M${x(0.35).toFixed(1)},${at.toFixed(1)}H${x(0.65).toFixed(1)}`);
  // Below its line where its words would run into others.
  const isBelow = at < box.top + 26 || Math.abs(at - y(uniformLoss)) < 20;
  writeText(group, {
    x: x(0.5),
    y: isBelow ? at + 18 : at - 8,
    text: `your guess: ${formatNumber(guess)} above the ends`,
    anchor: 'middle',
    style: 'guess-label halo',
  });
}

export const connectingLayers: readonly Layer<ConnectingScene>[] = [
  { name: 'axes', inputs: ({ ground, pair }) => [...ground, pair], draw: drawConnectingAxes },
  {
    name: 'all',
    inputs: ({ ground, state, pair }) => [...ground, state.ways, pair],
    draw: drawAllPairs,
  },
  {
    name: 'strong',
    inputs: ({ ground, state, pair }) => [...ground, state.ways, pair],
    draw: drawMainLines,
  },
  { name: 'ends', inputs: ({ ground, pair }) => [...ground, pair], draw: drawEnds },
  {
    name: 'names',
    inputs: ({ ground, state, pair }) => [...ground, state.ways, pair],
    draw: drawNames,
  },
  guessLayer(({ ground }) => ground, drawGuess),
];
