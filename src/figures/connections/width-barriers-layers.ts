// The layers of barriers against width: axes, networks, means, a picked network, a picked width, a reader's guess, keys.
import { drawAxes, logarithmicTicks } from '../kit/axes.ts';
import { guessLayer, type Layer } from '../kit/define-figure.ts';
import { intervalText } from '../kit/estimate-text.ts';
import { formatNumber } from '../kit/format.ts';
import { spread, textWidth, writeText } from '../kit/labels.ts';
import { drawKeys } from '../kit/legend.ts';
import { drawEnd } from '../kit/marks.ts';
import { classColour, networkColour } from '../kit/palette.ts';
import { dotsPath, linePath, type Point } from '../kit/path.ts';
import { drawPath, drawVertical } from '../kit/shapes.ts';
import type { Group } from '../kit/stage.ts';
import { alignmentTexts } from './barrier-data.ts';
import type { LineName, WidthRow } from './width-barriers-data.ts';
import { networkPoint, type WidthScene } from './width-barriers-scene.ts';

// Colour, dash and mark: three cues, the last two for those who do not see colours.
const colours = { raw: classColour(1), weights: classColour(0) } as const;

function drawWidthAxes(group: Group, { box, x, y, rows, domain }: WidthScene): void {
  drawAxes(group, {
    box,
    x,
    y,
    xTicks: rows.map(({ units }) => units),
    yTicks: logarithmicTicks(domain, Math.floor((box.bottom - box.top) / 40)),
    xFormat: formatNumber,
    yFormat: formatNumber,
    xName: 'Units in the hidden layer (log scale)',
    yName: 'Mean barrier between two networks (nats; log scale)',
  });
}

/** One path a network: its dots are many, and alike. */
function drawNetworks(group: Group, scene: WidthScene): void {
  const dots = new Map<number, Point[]>();
  for (const name of scene.shown)
    for (const row of scene.rows)
      for (const [k, value] of row[name].each.entries()) {
        if (!(value > 0)) continue;
        const network = row.networks[k]!;
        const own = dots.get(network) ?? [];
        own.push(networkPoint(scene, row, k, value));
        dots.set(network, own);
      }
  for (const [network, points] of dots)
    drawPath(group, 'dots', dotsPath(points), {
      colour: networkColour(network),
      width: 4,
      opacity: 0.55,
    });
}

/** The means of all pairs by width, joined, with their intervals. */
function drawMeans(group: Group, scene: WidthScene, name: LineName): void {
  const { rows, x, y } = scene;
  const colour = colours[name];
  const points = rows.map((row): Point => [x(row.units), y(row[name].mean)]);
  drawPath(group, `line ${name}`, linePath(points), {
    colour,
    width: 2.25,
    dash: name === 'raw' ? '6 4' : null,
  });
  const whiskers = rows
    .filter((row) => row[name].interval.every((end) => end > 0))
    .map((row) => {
      const [low, high] = row[name].interval.map((end) => y(end).toFixed(1));
      const cx = x(row.units);
      const left = (cx - 4).toFixed(1);
      return `M${cx.toFixed(1)},${low}V${high}M${left},${low}h8M${left},${high}h8`;
    });
  drawPath(group, 'line whiskers', whiskers.join(''), { colour, width: 1.5 });
  for (const point of points) {
    if (name === 'raw') drawSquare(group, point, colour);
    else drawEnd(group, point, colour, 4);
  }
}

function drawSquare(group: Group, [x, y]: Point, colour: string): void {
  group
    .append('rect')
    .attr('x', (x - 3.5).toFixed(1))
    .attr('y', (y - 3.5).toFixed(1))
    .attr('width', 7)
    .attr('height', 7)
    .attr('fill', colour);
}

function drawPickedNetwork(group: Group, scene: WidthScene): void {
  const { selected } = scene.state;
  if (selected === null) return;
  for (const name of scene.shown) {
    const points = scene.rows.flatMap((row): Point[] => {
      const k = row.networks.indexOf(selected);
      const value = row[name].each[k];
      return value === undefined || value <= 0 ? [] : [networkPoint(scene, row, k, value)];
    });
    drawPath(group, 'line', linePath(points), { colour: networkColour(selected), width: 1.5 });
  }
}

/** Names beside the lines, where they leave each other room. */
function drawNames(group: Group, { rows, shown, x, y, width }: WidthScene): void {
  const middle = rows[Math.floor((rows.length - 1) / 2)]!;
  for (const name of shown) {
    const isAbove = name === 'raw';
    writeText(group, {
      x: x(middle.units) + (isAbove ? 12 : -12),
      y: y(middle[name].mean) + (isAbove ? -12 : 20),
      // The full name would run over the axis on a phone.
      text: isAbove || width > 460 ? alignmentTexts[name] : 'aligned',
      anchor: isAbove ? 'start' : 'end',
      style: 'strong halo',
    });
  }
}

function drawPickedWidth(group: Group, scene: WidthScene, row: WidthRow): void {
  const { shown, x, y, box, width, domain } = scene;
  const cx = x(row.units);
  drawVertical(group, 'reference', cx, box);
  // The lines fall: there is room above them to the right of a width, and below them to its left.
  const texts = shown.map((name) => [
    `${alignmentTexts[name]}: ${formatNumber(row[name].mean)}`,
    intervalText(row[name].interval),
  ]);
  const isLeft = cx + 14 + Math.max(...texts.flat().map((text) => textWidth(text))) > width;
  const side = { x: isLeft ? cx - 10 : cx + 10, anchor: isLeft ? 'end' : 'start' } as const;
  const places = spread(
    shown.map((name) => y(row[name].mean) + (isLeft ? 20 : -26)),
    34,
    box.top + 12,
    box.bottom - 20,
  );
  for (const [k, own] of texts.entries())
    for (const [line, text] of own.entries())
      writeText(group, {
        ...side,
        y: places[k]! + line * 15,
        text,
        style: line === 0 ? 'strong halo' : 'muted halo',
      });
  const isHigh = row.raw.mean > 0.3 * domain[1];
  writeText(group, {
    ...side,
    y: isHigh ? box.bottom - 8 : box.top + 10,
    text: `${formatNumber(row.units)} units`,
    style: 'strong halo',
  });
}

function drawGuess(group: Group, { last, x, y }: WidthScene, guess: number): void {
  const [cx, cy] = [x(last.units), y(guess)];
  drawPath(group, 'guess-mark', `M${(cx - 40).toFixed(1)},${cy.toFixed(1)}h52`);
  writeText(group, {
    x: cx - 48,
    y: cy + 4,
    text: `your guess: ${formatNumber(guess)}`,
    anchor: 'end',
    style: 'guess-label halo',
  });
}

function drawMarkKeys(group: Group, { width, height }: WidthScene): void {
  const isNarrow = width < 420;
  drawKeys(group, {
    x: 12,
    y: height - 10,
    width: width - 20,
    keys: [
      { mark: 'dot', text: isNarrow ? 'one network' : 'one network, mean over its pairs' },
      { mark: 'line', text: isNarrow ? 'all pairs, 95% interval' : 'all pairs, with 95% interval' },
    ],
  });
}

export const widthLayers: readonly Layer<WidthScene>[] = [
  { name: 'axes', inputs: ({ ground }) => ground, draw: drawWidthAxes },
  {
    name: 'networks',
    inputs: ({ ground, state }) => [...ground, state.shown],
    draw: drawNetworks,
  },
  {
    name: 'lines',
    inputs: ({ ground, state }) => [...ground, state.shown],
    draw: (group, scene) => {
      for (const name of scene.shown) drawMeans(group, scene, name);
    },
  },
  {
    name: 'selected',
    inputs: ({ ground, state }) => [...ground, state.shown, state.selected],
    draw: drawPickedNetwork,
  },
  {
    name: 'picked',
    inputs: ({ ground, state }) => [...ground, state.width, state.shown],
    draw: (group, scene) => {
      if (scene.picked) drawPickedWidth(group, scene, scene.picked);
      else drawNames(group, scene);
    },
  },
  guessLayer(({ ground }) => ground, drawGuess),
  { name: 'keys', inputs: ({ data }) => [data], draw: drawMarkKeys },
];
