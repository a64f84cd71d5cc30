// The layers of weights against answers: axes, all pairs, those of the picked network, means with intervals in both directions, keys.
import { max, mean } from 'd3';
import { drawAxes } from '../kit/axes.ts';
import type { Layer } from '../kit/define-figure.ts';
import { formatNumber, formatPercent } from '../kit/format.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import { classColour, networkColour } from '../kit/palette.ts';
import { dotsPath, type Point } from '../kit/path.ts';
import { drawPath } from '../kit/shapes.ts';
import type { Group } from '../kit/stage.ts';
import { binned, type MeanDistances } from './function-distances-data.ts';
import { cosineOf, pairPoint, type FunctionScene } from './function-distances-scene.ts';
import { alignmentNames } from './function-distances-words.ts';

const runColour = classColour(5);
const pairColour = classColour(0);
/** Pixels within which pairs are gathered to one dot, and its largest radius. */
const [binSize, largestRadius] = [7, 7];

function drawDistanceAxes(group: Group, { box, x, y, width, part }: FunctionScene): void {
  const isNarrow = width < 460;
  drawAxes(group, {
    box,
    x,
    y,
    xTicks: x.ticks(isNarrow ? 4 : 7),
    yTicks: y.ticks(5),
    xFormat: formatNumber,
    yFormat: formatPercent,
    xName: `Cosine of the weights${isNarrow ? '' : ' (1: same direction, 0: at right angles)'}`,
    yName: `Different answers (share of ${part === null ? 'samples' : `the ${part} part`})`,
  });
}

/** Area says how many; a few sizes, one path each. */
function drawPairs(group: Group, scene: FunctionScene): void {
  const bins = binned(
    scene.pairs.map((pair) => pairPoint(scene, pair)),
    binSize,
  );
  const most = max(bins, ({ count }) => count) ?? 1;
  const sizes = new Map<number, Point[]>();
  for (const { x, y, count } of bins) {
    const radius = Math.max(1.5, Math.round(2 * largestRadius * Math.sqrt(count / most)) / 2);
    sizes.set(radius, [...(sizes.get(radius) ?? []), [x, y]]);
  }
  for (const [radius, points] of sizes)
    drawPath(group, 'dots pairs', dotsPath(points), {
      colour: pairColour,
      width: 2 * radius,
      opacity: scene.selected === null ? 0.75 : 0.25,
    });
}

function drawOwnPairs(group: Group, scene: FunctionScene): void {
  const { selected, own } = scene;
  if (selected === null || own.length === 0) return;
  drawPath(group, 'dots', dotsPath(own.map((pair) => pairPoint(scene, pair))), {
    colour: networkColour(selected),
    width: 6,
    opacity: 0.85,
  });
}

function drawMeans(group: Group, scene: FunctionScene): void {
  const { runs, withinRun, selected, own, pairs, hasPairs, alignment, y } = scene;
  drawMean(group, scene, runs, pairColour, 'circle');
  drawMean(group, scene, withinRun, runColour, 'square');
  drawName(group, scene, withinRun, 'snapshots of one run', []);
  const text =
    selected === null || own.length === 0
      ? `two runs${hasPairs ? `, ${alignmentNames[alignment]}` : ''}`
      : `network ${selected}: ${formatPercent(mean(own, ({ disagreement }) => disagreement)!)} on average`;
  // Beside the pairs near the mean's height, which are the ones in the way.
  const near = pairs.filter(
    (pair) => Math.abs(y(pair.disagreement) - y(runs.disagreement.value)) < 14,
  );
  drawName(
    group,
    scene,
    runs,
    text,
    near.map((pair) => cosineOf(scene, pair)),
  );
}

/** With its intervals in both directions, where they are known. */
function drawMean(
  group: Group,
  { x, y }: FunctionScene,
  { cosine, disagreement }: MeanDistances,
  colour: string,
  shape: 'circle' | 'square',
): void {
  const [cx, cy] = [x(cosine.value), y(disagreement.value)];
  if ([...cosine.interval, ...disagreement.interval].every(Number.isFinite)) {
    const [left, right] = cosine.interval.map((end) => x(end).toFixed(1));
    const [low, high] = disagreement.interval.map((end) => y(end).toFixed(1));
    const path = `M${left},${cy.toFixed(1)}H${right}M${cx.toFixed(1)},${low}V${high}`;
    drawPath(group, 'casing', path, { width: 5 });
    drawPath(group, 'line whiskers', path, { colour, width: 2 });
  }
  const [left, top] = [(cx - 5).toFixed(1), (cy - 5).toFixed(1)];
  const outline =
    shape === 'circle'
      ? `M${left},${cy.toFixed(1)}a5,5 0 1 0 10,0a5,5 0 1 0 -10,0z`
      : `M${left},${top}h10v10h-10z`;
  group
    .append('path')
    .attr('class', `outlined mean-${shape}`)
    .attr('fill', colour)
    .attr('stroke-width', 1.5)
    .attr('d', outline);
}

/** Clear of the cloud that the mark is the mean of; to its left where the right has no room. */
function drawName(
  group: Group,
  { x, y, box }: FunctionScene,
  { cosine, disagreement }: MeanDistances,
  text: string,
  cloud: readonly number[],
): void {
  const ends = [cosine.value, ...cosine.interval, ...cloud].filter(Number.isFinite).map(x);
  const [left, right] = [Math.min(...ends) - 12, Math.max(...ends) + 12];
  const length = textWidth(text);
  const fits = right + length < box.right ? 'right' : left - length > box.left ? 'left' : 'neither';
  writeText(group, {
    x: { right, left, neither: box.right - 2 }[fits],
    y: y(disagreement.value) + (fits === 'neither' ? -14 : 4),
    text,
    anchor: fits === 'right' ? 'start' : 'end',
    style: 'strong halo',
  });
}

function drawMarkKeys(group: Group, { hasPairs, pairs, width, height }: FunctionScene): void {
  const y = height - 16;
  let x = 12;
  if (hasPairs) {
    drawPath(group, 'dots', `M18,${y - 4}h0`, { colour: pairColour, width: 8, opacity: 0.5 });
    const text =
      width < 460
        ? 'pairs, more if larger'
        : `pairs of networks (${formatNumber(pairs.length)}), more where larger`;
    writeText(group, { x: 28, y, text, style: 'muted' });
    x = 28 + textWidth(text) + 18;
  }
  drawPath(group, 'line ink', `M${x},${y - 4}h16M${x + 8},${y - 10}v12`, { width: 1.5 });
  writeText(group, { x: x + 22, y, text: 'mean, 95% interval', style: 'muted' });
}

export const functionLayers: readonly Layer<FunctionScene>[] = [
  { name: 'axes', inputs: ({ data }) => [data], draw: drawDistanceAxes },
  {
    name: 'pairs',
    inputs: ({ data, alignment, selected }) => [data, alignment, selected !== null],
    draw: drawPairs,
  },
  {
    name: 'selected',
    inputs: ({ data, alignment, selected }) => [data, alignment, selected],
    draw: drawOwnPairs,
  },
  {
    name: 'means',
    inputs: ({ data, alignment, selected }) => [data, alignment, selected],
    draw: drawMeans,
  },
  { name: 'keys', inputs: ({ data }) => [data], draw: drawMarkKeys },
];
