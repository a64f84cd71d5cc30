// The gauge: one layer scaled up and the next down; the map and the spectrum run away, the boundary beside them does not move.
import type { StudyDisplay } from '../../artifact/display.ts';
import { drawAnswers, drawSheetPoints } from '../boundaries/answer-sheet.ts';
import { answersOn, rescaledBy } from '../boundaries/one-layer-network.ts';
import { drawAxes, logarithmicTicks } from '../kit/axes.ts';
import { defineFigure, type Layer } from '../kit/define-figure.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { writeText } from '../kit/labels.ts';
import { drawColourBar } from '../kit/legend.ts';
import { drawEnd } from '../kit/marks.ts';
import { networkColour } from '../kit/palette.ts';
import { drawPath } from '../kit/shapes.ts';
import type { Group } from '../kit/stage.ts';
import {
  factorText,
  layerGaugeState,
  viewOfGauge,
  type LayerGaugeState,
  type LayerGaugeView,
} from './layer-gauge-data.ts';
import { layerGaugeHeight, placeGauge, type LayerGaugeScene } from './layer-gauge-scene.ts';
import { drawLiveGround } from './live-ground.ts';

export type { LayerGaugeState } from './layer-gauge-data.ts';

/** Drawn again at every factor, from the rescaled weights. */
function drawSheet(group: Group, { sheet, own, factor, points }: LayerGaugeScene): void {
  drawAnswers(group, sheet, answersOn(rescaledBy(own, factor), sheet.xs, sheet.ys));
  drawSheetPoints(group, sheet, points);
}

const gridOf = ({ losses, places, mapX, mapY }: LayerGaugeScene) => ({
  values: losses,
  xs: places,
  ys: places,
  x: mapX,
  y: mapY,
});

function drawMapFrame(group: Group, scene: LayerGaugeScene): void {
  const { mapBox: box, mapX: x, mapY: y, isBrief, network } = scene;
  drawAxes(group, {
    box,
    x,
    y,
    xTicks: [-2, -1, 0, 1, 2],
    yTicks: [-2, -1, 0, 1, 2],
    xFormat: formatNumber,
    yFormat: formatNumber,
    xName: isBrief ? 'Weights into the units' : 'Steepest way among the weights into the units',
    grid: false,
  });
  const [cx, cy] = [x(0), y(0)];
  drawEnd(group, [cx, cy], 'var(--paper)', 8).attr('opacity', 0.55);
  drawEnd(group, [cx, cy], networkColour(network), 5);
}

function drawTitles(group: Group, scene: LayerGaugeScene): void {
  const { sheet, mapBox, change, isBrief, factor } = scene;
  const count = change.answers === 0 ? 'No answer' : `${change.answers} answers`;
  const name = factor === 1 ? 'Its answers' : `${count} changed`;
  writeText(group, { x: sheet.box.left, y: 14, text: name, style: 'strong' });
  const most =
    change.largest === 0 ? 'every output the same' : `outputs by ≤ ${formatNumber(change.largest)}`;
  if (!isBrief && factor !== 1)
    writeText(group, { x: sheet.box.right, y: 14, text: most, anchor: 'end', style: 'muted' });
  writeText(group, { x: mapBox.left, y: 14, text: 'The loss around it', style: 'strong' });
  if (!isBrief)
    writeText(group, {
      x: mapBox.right,
      y: 14,
      text: 'up: weights out of the units',
      anchor: 'end',
      style: 'muted small',
    });
}

/** In the room that the sheet leaves beside the map's axis. */
function drawLegend(group: Group, { sheet, scale, isNarrow }: LayerGaugeScene): void {
  drawColourBar(group, {
    x: sheet.box.left,
    y: sheet.box.bottom + (isNarrow ? 10 : 22),
    width: sheet.box.right - sheet.box.left,
    title: isNarrow ? 'Loss (nats)' : 'Training loss (nats, log scale)',
    scale,
    format: formatNumber,
  });
}

function drawSpectrumAxis(group: Group, scene: LayerGaugeScene): void {
  const { spectrum: box, spectrumX: x, asTrained, width } = scene;
  const domain = x.domain() as [number, number];
  drawAxes(group, {
    box,
    x,
    y: null,
    xTicks: logarithmicTicks(domain, Math.floor(width / 90)),
    xFormat: formatNumber,
    xName: 'Eigenvalue of the Hessian (log scale)',
  });
  for (const value of asTrained)
    if (value > domain[0])
      drawPath(group, 'reference', `M${x(value).toFixed(1)},${box.bottom}V${box.top + 40}`);
}

function drawSpectrum(group: Group, scene: LayerGaugeScene): void {
  const { spectrum: box, spectrumX: x, eigenvalues, asTrained, network, factor } = scene;
  const colour = networkColour(network);
  for (const value of eigenvalues) {
    if (value <= x.domain()[0]!) continue;
    const at = x(value);
    drawPath(group, 'line', `M${at.toFixed(1)},${box.bottom}V${box.top + 34}`, {
      colour,
      width: 3,
    });
    drawEnd(group, [at, box.top + 34], colour, 4.5);
  }
  const largest = eigenvalues[0]!;
  const times = largest / asTrained[0]!;
  const isRight = x(largest) > (box.left + box.right) / 2;
  writeText(group, {
    x: x(largest) + (isRight ? 6 : -6),
    y: box.top + 16,
    text:
      `largest ${formatNumber(largest)}` +
      (factor === 1 ? ', as trained' : `, ${formatNumber(times)} times as trained`),
    anchor: isRight ? 'end' : 'start',
    style: 'strong halo',
  });
}

const at = ({ result, network, factor }: LayerGaugeScene): unknown[] => [result, network, factor];
const ofNetwork = ({ result, network }: LayerGaugeScene): unknown[] => [result, network];

const layers: readonly Layer<LayerGaugeScene>[] = [
  { name: 'sheet', inputs: at, draw: drawSheet },
  {
    name: 'ground',
    inputs: at,
    draw: (group, scene) =>
      drawLiveGround(group, scene.mapBox, gridOf(scene), scene.scale, scene.isLive),
  },
  { name: 'frame', inputs: ofNetwork, draw: drawMapFrame },
  { name: 'legend', inputs: ofNetwork, draw: drawLegend },
  { name: 'titles', inputs: at, draw: drawTitles },
  { name: 'spectrum-axis', inputs: ofNetwork, draw: drawSpectrumAxis },
  { name: 'spectrum', inputs: at, draw: drawSpectrum },
];

function describe({ network, factor, eigenvalues, asTrained, change }: LayerGaugeView): string {
  return (
    `Network ${network} with all weights into its units times ${factorText(factor)} and all out of them divided by it. ` +
    `Its boundary stays where it was: ${change.answers} answers changed, no output by more than ${formatNumber(change.largest)}. ` +
    `The largest eigenvalue of the Hessian is ${formatNumber(eigenvalues[0]!)}, as trained ${formatNumber(asTrained[0]!)}; the map of the loss around it is stretched one way and squeezed the other.`
  );
}

function table({ result, network }: LayerGaugeView): FigureTable {
  const m = result.networks.indexOf(network);
  const [, A, K] = result.eigenvalues.shape as [number, number, number];
  return {
    columns: [
      { name: 'Factor' },
      ...Array.from({ length: K }, (_, k) => ({ name: `Eigenvalue ${k + 1}` })),
    ],
    rows: Array.from(result.factors.values, (factor, a) => [
      factor,
      ...result.eigenvalues.values.subarray((m * A + a) * K, (m * A + a + 1) * K),
    ]),
  };
}

/** The factor moves by equal ratios. */
const between = (from: LayerGaugeState, to: LayerGaugeState, t: number): LayerGaugeState | null =>
  from.factor === to.factor || from.selected !== to.selected
    ? null
    : { ...to, factor: from.factor ** (1 - t) * to.factor ** t };

function controls(data: StudyDisplay): FigureControl[] {
  const view = viewOfGauge(data, { factor: 1, selected: null });
  if (typeof view === 'string') return [];
  const { factors, networks } = view.result;
  return [
    {
      key: 'factor',
      name: 'Factor',
      kind: 'play',
      options: Array.from(factors.values, (value) => ({ value, text: `× ${factorText(value)}` })),
    },
    {
      key: 'selected',
      name: 'Network',
      kind: 'choice',
      options: networks.map((value) => ({ value, text: `${value}` })),
    },
  ];
}

export const layerGauge = defineFigure({
  name: 'layer-gauge',
  state: layerGaugeState,
  height: layerGaugeHeight,
  view: viewOfGauge,
  scene: placeGauge,
  layers,
  between,
  describe,
  table,
  controls,
});
