// The layers of the lines between solutions: axes with the two ends, the filled valleys, the curves, the keys.
import { drawAxes, logarithmicTicks } from '../kit/axes.ts';
import type { Layer } from '../kit/define-figure.ts';
import { formatNumber, formatPercent } from '../kit/format.ts';
import { writeText } from '../kit/labels.ts';
import { drawKeys, type Key } from '../kit/legend.ts';
import { drawEnd } from '../kit/marks.ts';
import { networkColour } from '../kit/palette.ts';
import { linePath, simplify, type Point } from '../kit/path.ts';
import { drawPath, fillPath } from '../kit/shapes.ts';
import type { Group } from '../kit/stage.ts';
import { quartiles, valleyExtent } from './valley-lines-data.ts';
import { curvePoints, endColours, mainValues, type ValleyScene } from './valley-lines-scene.ts';
import { drawSummary } from './valley-summary.ts';

function drawLineAxes(group: Group, scene: ValleyScene): void {
  const { box, x, y, isNarrow, isLoss, isLog, valley, unit, domain } = scene;
  drawAxes(group, {
    box,
    x,
    y,
    xTicks: x.ticks(isNarrow ? 5 : 9),
    yTicks: isLog ? logarithmicTicks(domain, 6) : y.ticks(5),
    xFormat: formatNumber,
    yFormat: isLoss ? formatNumber : formatPercent,
    xName: isNarrow
      ? 'Place on the line (distance of the ends = 1)'
      : 'Place on the line between the two solutions (their distance is 1)',
    yName: isLoss
      ? `Loss (${unit}${isLog ? '; log scale' : ''}), ${valley.name}`
      : `Accuracy (share of points), ${valley.name}`,
  });
  for (const [end, { name }] of valley.ends.entries()) {
    const at = x(end);
    drawPath(group, 'hairline', `M${at.toFixed(1)},${box.top}V${box.bottom}`, { width: 1.5 });
    writeText(group, {
      x: at + (end === 0 ? 8 : -8),
      y: isLoss ? box.top + 13 : box.bottom - 8,
      text: name,
      anchor: end === 0 ? 'end' : 'start',
      style: 'strong halo',
    });
  }
}

/** The stretch around each end on which the loss stays low, filled up to its level, with its width. */
function drawValleys(group: Group, scene: ValleyScene): void {
  const { alphas, valleys, x, y, box } = scene;
  const main = mainValues(scene, scene.values);
  for (const end of [0, 1] as const) {
    const extent = valleyExtent(main, alphas, end, valleys.rise);
    if (extent === null) continue;
    const [left, right, level] = [x(extent.left), x(extent.right), y(extent.level)];
    const inside = Array.from(alphas.entries()).filter(
      ([, alpha]) => alpha > extent.left && alpha < extent.right,
    );
    const outline: Point[] = [
      [left, level],
      ...inside.map(([t, alpha]): Point => [x(alpha), Math.min(box.bottom, y(main[t]!))]),
      [right, level],
    ];
    const colour = endColours[end];
    fillPath(group, 'valley-water', linePath(outline, { closed: true }), colour);
    const surface = `M${left.toFixed(1)},${level.toFixed(1)}H${right.toFixed(1)}`;
    drawPath(group, 'line', surface, { colour, width: 2 });
    writeText(group, {
      x: (left + right) / 2,
      y: level - 7,
      text: widthText(scene, end),
      anchor: 'middle',
      style: 'strong halo',
    });
  }
}

function widthText({ isNarrow, pair, line, valley }: ValleyScene, end: 0 | 1): string {
  const width =
    pair < 0 ? valley.ends[end].width : (end === 0 ? line.fromWidth : line.toWidth).values[pair]!;
  return `${isNarrow ? '' : pair < 0 ? 'mean width ' : 'width '}${width.toFixed(2)}`;
}

function drawCurves(group: Group, scene: ValleyScene): void {
  const { alphas, values, testValues, pair, state, x, y, box } = scene;
  const main = mainValues(scene, values);
  const { low, high } = quartiles(values, alphas.length);
  const edge = (value: number, t: number): Point => [x(alphas[t]!), Math.max(box.top, y(value))];
  const band = [...Array.from(high, edge), ...Array.from(low, edge).reverse()];
  drawPath(group, 'valley-band', linePath(simplify(band, 0.2), { closed: true }));
  if (testValues !== null)
    drawPath(group, 'line reference', linePath(curvePoints(scene, mainValues(scene, testValues))), {
      width: 1.25,
    });
  drawPath(group, pair < 0 ? 'line ink' : 'line', linePath(curvePoints(scene, main)), {
    colour: pair < 0 ? null : networkColour(state.selected!),
    width: 2.25,
  });
  for (const end of [0, 1]) {
    const at = alphas.findIndex((alpha) => Math.abs(alpha - end) < 1e-6);
    if (at >= 0) drawEnd(group, [x(end), y(main[at]!)], endColours[end]!, 5);
  }
}

function drawLineKeys(group: Group, scene: ValleyScene): void {
  const { line, pair, state, isNarrow, isLoss, testValues, valleys, width, box } = scene;
  const main: Key =
    pair < 0
      ? { mark: 'line', text: isNarrow ? 'median' : `median of ${line.pairs.length} pairs` }
      : {
          mark: 'line',
          colour: networkColour(state.selected!),
          text: `networks ${line.pairs[pair]!.join(' and ')}`,
        };
  const keys: Key[] = [main, { mark: 'band', text: 'middle half' }];
  if (testValues !== null) keys.push({ mark: 'reference', text: 'test' });
  if (isLoss && width >= 620)
    keys.push({
      mark: 'square',
      colour: endColours[0],
      text: `loss within ${valleys.rise} of the end's`,
    });
  drawKeys(group, { x: box.left, y: box.bottom + 58, width: box.right - box.left, keys });
}

export const valleyLayers: readonly Layer<ValleyScene>[] = [
  { name: 'axes', inputs: ({ ground }) => ground, draw: drawLineAxes },
  {
    name: 'lines',
    inputs: ({ ground, pair }) => [...ground, pair],
    draw: (group, scene) => {
      if (scene.isLoss) drawValleys(group, scene);
      drawCurves(group, scene);
    },
  },
  { name: 'keys', inputs: ({ ground, pair }) => [...ground, pair], draw: drawLineKeys },
  {
    name: 'summary',
    inputs: ({ data, valley, state }) => [data, valley.key, state.revealed, state.guess],
    draw: (group, { width, height, summaryTop, valleys, valley, state }) =>
      drawSummary(group, {
        box: { left: 4, right: width - 14, top: summaryTop, bottom: height },
        valleys,
        shown: valley.key,
        revealed: state.revealed,
        guess: state.guess,
        colours: endColours,
      }),
  },
];
