// One function at two places: the loss around a ReLU network and around its rescaled twin, and which measures tell them apart.
import { drawAxes, logarithmicTicks } from '../kit/axes.ts';
import { defineFigure, type Layer } from '../kit/define-figure.ts';
import { formatNumber } from '../kit/format.ts';
import { writeText } from '../kit/labels.ts';
import { drawEnd } from '../kit/marks.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import { classColours, networkColour } from '../kit/palette.ts';
import { linePath, type Point } from '../kit/path.ts';
import { drawPath } from '../kit/shapes.ts';
import type { Group, Picking } from '../kit/stage.ts';
import { rescalingOf, rescalingState } from './rescaling-data.ts';
import { drawMeasures } from './rescaling-measures.ts';
import { placeRescaling, type RescalingScene, type Version } from './rescaling-scene.ts';
import { controlsOfRescaling, describeRescaling, tableOfRescaling } from './rescaling-words.ts';

const versions: readonly (readonly [Version, string, string, string | null])[] = [
  ['before', 'as trained', classColours[0], null],
  ['after', 'rescaled', classColours[5], '8 4'],
];

function drawLossAxes(group: Group, scene: RescalingScene): void {
  const { box, x, y, domain, isNarrow, isLog, unit, network } = scene;
  const isLow = box.bottom - box.top < 130;
  drawAxes(group, {
    box,
    x,
    y,
    xTicks: x.ticks(isNarrow ? 5 : 9),
    yTicks: isLog ? logarithmicTicks(domain, isLow ? 3 : 6) : y.ticks(isLow ? 3 : 5),
    xFormat: formatNumber,
    yFormat: formatNumber,
    xName: isNarrow
      ? 'Distance along one random direction'
      : 'Distance along one random direction, the same for both (Euclidean, in weight space)',
    yName: `Training loss (${unit}${isLog ? '; log scale' : ''}) around network ${network}`,
  });
}

function drawLines(group: Group, scene: RescalingScene): void {
  const { state, lines, distance, box, x, y, network } = scene;
  const isBoth = state.show === 'both';
  for (const [version, name, colour, dash] of versions) {
    if (!isBoth && state.show !== version) continue;
    const stroke = { colour, width: 2.5, dash };
    const points = Array.from(lines[version], (loss, t): Point => [x(distance[t]!), y(loss)]);
    drawPath(group, 'line', linePath(points), stroke);
    // Named in the middle above, where between two rising sides nothing is drawn.
    const row = box.top + (isBoth && version === 'before' ? 30 : 13);
    const centre = (box.left + box.right) / 2;
    drawPath(group, 'line', `M${(centre - 48).toFixed(1)},${row - 4}h26`, stroke);
    writeText(group, { x: centre - 14, y: row, text: name, style: 'strong halo' });
  }
  const middle = Math.floor(distance.length / 2);
  const at: Point = [x(distance[middle]!), y(lines.before[middle]!)];
  drawEnd(group, at, networkColour(network), 5);
  if (isBoth)
    writeText(group, {
      x: at[0],
      y: at[1] - 12,
      text: 'one function',
      anchor: 'middle',
      style: 'muted halo',
    });
}

const layers: readonly Layer<RescalingScene>[] = [
  { name: 'axes', inputs: ({ ground }) => ground, draw: drawLossAxes },
  { name: 'lines', inputs: ({ ground, state }) => [...ground, state.show], draw: drawLines },
  {
    name: 'measures',
    inputs: ({ data, state, picked }) => [data, state.measures, picked],
    draw: (group, scene) => {
      if (scene.state.measures) drawMeasures(group, scene);
    },
  },
];

function pickNetworks(scene: RescalingScene): Picking {
  const { result, changes, state, selected, measuresBox, rowHeight, factorX } = scene;
  const { networks, before, after } = result;
  return {
    count: Math.max(...networks) + 1,
    columns: 1,
    selected,
    nearest: (px, py) => {
      const change = changes[Math.floor((py - measuresBox.top) / rowHeight)];
      if (!state.measures || !change || px < measuresBox.left) return null;
      const marks = change.factors.map(
        (factor, m) => [networks[m]!, [factorX(factor), py]] as const,
      );
      return nearestNetwork(marks, [px, py], 12);
    },
    say: (network) => {
      const m = networks.indexOf(network);
      if (m < 0) return `network ${network}: not rescaled`;
      const [was, is] = [before, after].map((each) =>
        formatNumber(each.largestEigenvalue.values[m]!),
      );
      return `network ${network}: largest eigenvalue ${was} before, ${is} after`;
    },
  };
}

export const rescaling = defineFigure({
  name: 'rescaling',
  state: rescalingState,
  height: (width) => (width < 520 ? 386 : width < 720 ? 456 : 524),
  view: rescalingOf,
  scene: placeRescaling,
  layers,
  picking: pickNetworks,
  describe: describeRescaling,
  table: tableOfRescaling,
  controls: controlsOfRescaling,
});
