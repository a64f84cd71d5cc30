// The layers of the loss curves, from the axes up to the median and the picked network.
import { drawAxes, logarithmicTicks } from '../kit/axes.ts';
import { guessLayer, type Layer } from '../kit/define-figure.ts';
import { formatNumber } from '../kit/format.ts';
import { dodge } from '../kit/dodge.ts';
import { spread, writeText } from '../kit/labels.ts';
import { drawCross, drawEnds } from '../kit/marks.ts';
import { networkColour } from '../kit/palette.ts';
import { linePath, simplify, type Point } from '../kit/path.ts';
import { unitOf, valueAt } from '../kit/quantities.ts';
import type { Group } from '../kit/stage.ts';
import { curveOf, heightOf, pointsOf, type LossCurvesScene } from './loss-curves-scene.ts';
import { lastRecordBy } from './loss-curves-view.ts';

/** A thin line may leave out points that move it by less than this, in pixels. */
const finest = 0.2;

interface EndLabel {
  readonly y: number;
  readonly text: string;
  readonly value: number;
  readonly style: string;
}

function drawCurveAxes(group: Group, scene: LossCurvesScene): void {
  const { box, x, y, isLog, domain, facts, quantity, run } = scene;
  drawAxes(group, {
    box,
    x,
    y,
    xTicks: x.ticks(Math.max(3, Math.floor((box.right - box.left) / 70))),
    yTicks: isLog ? logarithmicTicks(domain, Math.floor((box.bottom - box.top) / 28)) : y.ticks(5),
    xFormat: formatNumber,
    yFormat: facts.format,
    xName: 'Epoch (passes over the training points)',
    yName: `${facts.name} (${unitOf(quantity, run)}${isLog ? '; log scale' : ''})`,
  });
}

function drawCurves(group: Group, scene: LossCurvesScene): void {
  const { networks, selected } = scene;
  group.attr('opacity', selected === null ? 0.75 : 0.4);
  for (let n = 0; n < networks; n++) {
    const points = curveOf(scene, n);
    const end = points.at(-1);
    if (end === undefined) continue;
    group
      .append('path')
      .attr('class', 'line')
      .attr('stroke', networkColour(n))
      .attr('stroke-width', 1)
      .attr('d', linePath(simplify(points, finest)));
    if (hasDiverged(scene, n)) drawCross(group, end, networkColour(n));
  }
}

/** Where each network is at the moment that is shown, while there is more to come; before the first step, side by side. */
function drawHeads(group: Group, scene: LossCurvesScene): void {
  const { box, selected } = scene;
  group.attr('opacity', selected === null ? 1 : 0.5);
  for (const { n, x, y, radius } of headsOf(scene)) {
    group
      .append('circle')
      .attr('class', 'outlined')
      .attr('fill', networkColour(n))
      .attr('cx', x.toFixed(1))
      .attr('cy', Math.min(box.bottom, y).toFixed(1))
      .attr('r', radius);
  }
}

interface Head {
  readonly n: number;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Where no way is drawn yet, a dot is all there is of a network, and may be larger. */
const startRadius = 5;
const headRadius = 3;

function headsOf(scene: LossCurvesScene): Head[] {
  const { networks, until, lastEpoch } = scene;
  if (until >= lastEpoch) return [];
  const ends = Array.from({ length: networks }, (_, n) => ({ n, end: curveOf(scene, n).at(-1) }));
  const there = ends.flatMap(({ n, end }) => (end ? [{ n, x: end[0], y: end[1] }] : []));
  if (until > 0) return there.map((head) => ({ ...head, radius: headRadius }));
  const aside = dodge(
    there.map(({ y }) => y),
    2 * startRadius + 1,
  );
  return there.map(({ n, x, y }, index) => ({
    n,
    x: x + aside[index]! + startRadius + 7,
    y,
    radius: startRadius,
  }));
}

/** By the moment that is shown. */
const hasDiverged = ({ epochs, until, series, networks }: LossCurvesScene, n: number): boolean =>
  epochs.some(
    (epoch, record) => epoch <= until && !Number.isFinite(valueAt(series, networks, record, n)),
  );

function drawThreshold(group: Group, scene: LossCurvesScene): void {
  const { box, y, domain, epochs, medians, quantity, width } = scene;
  const { threshold } = scene.run.statistics;
  if (quantity !== 'trainLoss' || threshold <= domain[0] || threshold >= domain[1]) return;
  const at = Math.round(y(threshold));
  group.append('path').attr('class', 'reference').attr('d', `M${box.left},${at}H${box.right}`);
  // The words go to whichever end of the line the curves leave free.
  const clearance = (share: number): number => {
    const record = Math.round(share * (epochs.length - 1));
    return Math.abs(heightOf(scene, medians[record] ?? NaN) - at) || 0;
  };
  const isLeft = clearance(0.15) > clearance(0.85);
  writeText(group, {
    x: isLeft ? box.left + 6 : box.right - 4,
    y: at - 6,
    // A narrow picture has its curves where the words would go on.
    text: width < 420 ? 'converged' : `converged below ${formatNumber(threshold)}`,
    anchor: isLeft ? 'start' : 'end',
    style: 'muted small halo',
  });
}

function drawGuess(group: Group, scene: LossCurvesScene, guess: number): void {
  const { left, right } = scene.box;
  const at = heightOf(scene, guess).toFixed(1);
  group.append('path').attr('class', 'guess-mark').attr('d', `M${left},${at}H${right}`);
}

/** The median and the picked network, bold, each with its name and value where it ends. */
function drawEmphasis(group: Group, scene: LossCurvesScene): void {
  const { x, box, until, epochs, medians, series, networks, selected, guess } = scene;
  const labels: EndLabel[] = [];
  const record = lastRecordBy(until, epochs);
  const middlePoints = pointsOf(scene, (each) => medians[each]!);
  drawBold(group, middlePoints, 'currentColor');
  const middleEnd = middlePoints.at(-1);
  if (middleEnd !== undefined)
    labels.push({ y: middleEnd[1], text: 'median', value: medians[record]!, style: 'strong' });
  if (selected !== null) {
    const points = curveOf(scene, selected);
    const end = points.at(-1);
    drawBold(group, points, networkColour(selected));
    if (end !== undefined) {
      const value = valueAt(series, networks, record, selected);
      labels.push({ y: end[1], text: `network ${selected}`, value, style: 'accent' });
    }
  }
  // Before the first step the networks stand side by side where the labels would be.
  const crowd = until > 0 ? [] : headsOf(scene).map((head) => head.x + startRadius);
  const endX = Math.max(x(until), box.left, ...crowd) + 9;
  const guessed: EndLabel[] =
    guess === null
      ? []
      : [{ y: heightOf(scene, guess), text: 'your guess', value: guess, style: 'guess-label' }];
  // Beside the ends of whole curves a guess keeps clear of their labels; else it stands alone, out there.
  const isWhole = endX > box.right - 70;
  writeEndLabels(group, scene, endX, isWhole ? [...labels, ...guessed] : labels);
  if (!isWhole) writeEndLabels(group, scene, box.right + 9, guessed);
}

function writeEndLabels(
  group: Group,
  { box, facts }: LossCurvesScene,
  x: number,
  labels: readonly EndLabel[],
): void {
  const wanted = labels.map((label) => label.y - 2);
  const places = spread(wanted, 32, box.top, box.bottom - 16);
  for (const [index, label] of labels.entries()) {
    const y = places[index]!;
    writeText(group, { x, y, text: label.text, style: `${label.style} halo` });
    writeText(group, {
      x,
      y: y + 14,
      text: Number.isFinite(label.value) ? facts.format(label.value) : 'diverged',
      style: 'muted halo',
    });
  }
}

function drawBold(group: Group, points: readonly Point[], colour: string): void {
  const [start, end] = [points[0], points.at(-1)];
  if (start === undefined || end === undefined) return;
  const d = linePath(points);
  group.append('path').attr('class', 'casing').attr('stroke-width', 5).attr('d', d);
  group
    .append('path')
    .attr('class', 'line')
    .attr('stroke', colour)
    .attr('stroke-width', 2.5)
    .attr('d', d);
  drawEnds(group, start, end, colour);
}

export const lossCurvesLayers: readonly Layer<LossCurvesScene>[] = [
  { name: 'axes', inputs: ({ ground }) => ground, draw: drawCurveAxes },
  {
    name: 'curves',
    inputs: ({ ground, until, selected }) => [...ground, until, selected !== null],
    draw: drawCurves,
  },
  {
    name: 'heads',
    inputs: ({ ground, until, selected }) => [...ground, until, selected !== null],
    draw: drawHeads,
  },
  { name: 'threshold', inputs: ({ ground }) => ground, draw: drawThreshold },
  guessLayer(({ ground }) => ground, drawGuess),
  {
    name: 'emphasis',
    inputs: ({ ground, until, selected }) => [...ground, until, selected],
    draw: drawEmphasis,
  },
];
