// The layers of sharpness along training: axes, moments at which the loss rose, thresholds, all networks, the picked one, the guess, keys.
import { drawAxes, logarithmicTicks } from '../kit/axes.ts';
import { guessLayer, type Layer } from '../kit/define-figure.ts';
import { formatNumber } from '../kit/format.ts';
import { textWidth } from '../kit/labels.ts';
import { drawKeys, type Key } from '../kit/legend.ts';
import { linePath } from '../kit/path.ts';
import { drawPath } from '../kit/shapes.ts';
import type { Group } from '../kit/stage.ts';
import { crossingOf, risesOf, type SharpnessCondition } from './sharpness-along-data.ts';
import {
  pathPoints,
  readings,
  type Reading,
  type SharpnessScene,
} from './sharpness-along-scene.ts';
import { drawGuess, drawPickedNetwork, drawThresholds } from './sharpness-marks.ts';

function drawBothAxes(group: Group, scene: SharpnessScene): void {
  const { boxes, x, ys, isWide, isLog, lossDomain, epochs, unit } = scene;
  const { left, right } = boxes.loss;
  const xTicks = x.ticks(Math.max(3, Math.floor((right - left) / 70)));
  drawAxes(group, {
    box: boxes.sharpness,
    x,
    y: ys.sharpness,
    xTicks,
    yTicks: ys.sharpness.ticks(5),
    xFormat: () => '',
    yFormat: formatNumber,
    xName: '',
    yName: isWide
      ? 'Sharpness: largest eigenvalue of the Hessian (loss per squared distance)'
      : 'Sharpness (largest Hessian eigenvalue)',
  });
  const measured = isWide ? `${unit}, from epoch ${formatNumber(epochs[1] ?? 0)} on` : unit;
  drawAxes(group, {
    box: boxes.loss,
    x,
    y: ys.loss,
    xTicks,
    yTicks: isLog ? logarithmicTicks(lossDomain, 4) : ys.loss.ticks(3),
    xFormat: formatNumber,
    yFormat: formatNumber,
    xName: isWide
      ? 'Epoch (one step each: every step sees all training points)'
      : 'Epoch (one step each)',
    yName: `Training loss (${measured}${isLog ? '; log scale' : ''})`,
  });
}

/** Rises of the picked network's loss, up to the shown moment. */
const shownRises = ({ until }: SharpnessScene, condition: SharpnessCondition, m: number) =>
  risesOf(condition, m).filter((snapshot) => snapshot <= until);

/** Of one step size and one network, what happens above and below at the same time. */
function drawMoments(group: Group, scene: SharpnessScene): void {
  const { picked, shown, x, boxes } = scene;
  const [only] = shown;
  if (picked === null || shown.length > 1 || only === undefined) return;
  const bands = shownRises(scene, only, picked).map((snapshot) => {
    const [from, to] = [x(only.epochs[snapshot - 1]!), x(only.epochs[snapshot]!)];
    return `M${from.toFixed(1)},${boxes.sharpness.top}H${to.toFixed(1)}V${boxes.loss.bottom}H${from.toFixed(1)}z`;
  });
  drawPath(group, 'moments', bands.join(''));
}

function drawAllThresholds(group: Group, { state, shown, boxes, ys, isWide }: SharpnessScene) {
  if (!state.thresholds) return;
  const gap = isWide ? 32 : 30;
  drawThresholds(group, { conditions: shown, box: boxes.sharpness, y: ys.sharpness, gap });
}

function drawNetworks(group: Group, scene: SharpnessScene): void {
  const { shown, picked } = scene;
  const others = (condition: SharpnessCondition, reading: Reading): string =>
    condition.networks
      .flatMap((_, m) => (m === picked ? [] : [linePath(pathPoints(scene, condition, reading, m))]))
      .join('');
  for (const condition of shown)
    for (const reading of readings)
      drawPath(group, `line ${reading}`, others(condition, reading), {
        colour: condition.colour,
        width: 1.1,
        opacity: picked === null ? 0.75 : 0.32,
      });
}

function drawPicked(group: Group, scene: SharpnessScene): void {
  const { shown, picked, state, until } = scene;
  if (picked === null) return;
  for (const condition of shown) {
    const crossing = crossingOf(condition, picked);
    const hasCrossed = state.thresholds && crossing !== null && crossing <= until;
    drawPickedNetwork(group, {
      colour: condition.colour,
      sharpness: pathPoints(scene, condition, 'sharpness', picked),
      loss: pathPoints(scene, condition, 'loss', picked),
      rises: shownRises(scene, condition, picked),
      crossing: hasCrossed ? crossing : null,
    });
  }
}

function drawLineKeys(group: Group, scene: SharpnessScene): void {
  const { state, shown, picked, networks, isWide, boxes, width, height } = scene;
  // With their thresholds, the conditions are named at the ends of those lines.
  const named = state.thresholds ? [] : shown;
  const keys: Key[] = named.map(({ short, colour }) => ({ mark: 'line', text: short, colour }));
  if (picked !== null) {
    const text = isWide ? `loss rose (network ${networks[picked]!})` : 'loss rose';
    keys.push({ mark: 'line', text });
    if (state.thresholds) keys.push({ mark: 'ring', text: 'crosses 2/η' });
  }
  const { left } = boxes.loss;
  const total = keys.reduce((sum, { text }) => sum + 34 + textWidth(text), 0);
  drawKeys(group, { x: total > width - left ? 4 : left, y: height - 8, width: width - 8, keys });
}

export const sharpnessLayers: readonly Layer<SharpnessScene>[] = [
  { name: 'axes', inputs: ({ ground }) => ground, draw: drawBothAxes },
  {
    name: 'moments',
    inputs: ({ ground, until, state, picked }) => [...ground, until, state.focus, picked],
    draw: drawMoments,
  },
  {
    name: 'thresholds',
    inputs: ({ ground, state }) => [...ground, state.thresholds, state.focus],
    draw: drawAllThresholds,
  },
  {
    name: 'all',
    inputs: ({ ground, until, state, picked }) => [...ground, until, state.focus, picked],
    draw: drawNetworks,
  },
  {
    name: 'picked',
    inputs: ({ ground, until, state, picked }) => [
      ...ground,
      until,
      state.focus,
      state.thresholds,
      picked,
    ],
    draw: drawPicked,
  },
  guessLayer(
    ({ ground }) => ground,
    (group, { boxes, ys }, guess: number) =>
      drawGuess(group, { guess, box: boxes.sharpness, y: ys.sharpness }),
  ),
  {
    name: 'keys',
    inputs: ({ ground, state, picked }) => [...ground, state.focus, state.thresholds, picked],
    draw: drawLineKeys,
  },
];
