// The layers of the mixture of two networks: its answers, the loss on the way, and the units, which change places.
import { answersOn } from '../boundaries/one-layer-network.ts';
import { boundaryPath, drawAnswers, drawSheetPoints } from '../boundaries/answer-sheet.ts';
import { drawAxes } from '../kit/axes.ts';
import type { Layer } from '../kit/define-figure.ts';
import { formatNumber, formatPercent } from '../kit/format.ts';
import { writeText, writeWrapped } from '../kit/labels.ts';
import { networkColour } from '../kit/palette.ts';
import { linePath, type Point } from '../kit/path.ts';
import { drawHorizontal, drawPath } from '../kit/shapes.ts';
import type { Group } from '../kit/stage.ts';
import { unitMarks, type Numbering, type UnitMark } from './renumber-units-data.ts';
import { unitShare, type Panel, type RenumberUnitsScene } from './renumber-units-scene.ts';

const numberingNames: Readonly<Record<Numbering, string>> = {
  asTrained: 'as trained',
  renumbered: 'renumbered',
};

/** What share of B the mixture holds, in words. */
export const mixtureName = (share: number): string =>
  share === 0
    ? 'all A'
    : share >= 1
      ? 'all B'
      : `${formatPercent(1 - share)} A, ${formatPercent(share)} B`;

const scoreText = ({ score }: Panel): string =>
  `loss ${score.loss.toFixed(2)}, ${formatPercent(score.accuracy)} right`;

function drawSheets(group: Group, { panels, points, pair }: RenumberUnitsScene): void {
  for (const { sheet, mixture, numbering } of panels) {
    drawAnswers(group, sheet, answersOn(mixture, sheet.xs, sheet.ys));
    for (const [name, network] of [
      ['a', pair.networks.a],
      ['b', pair.networks[numbering]],
    ] as const)
      drawPath(group, 'line', boundaryPath(sheet, answersOn(network, sheet.xs, sheet.ys)), {
        colour: networkColour(pair[name]),
        width: 1.75,
        dash: '1 5',
      });
    drawSheetPoints(group, sheet, points);
  }
}

function drawTitles(group: Group, scene: RenumberUnitsScene): void {
  const { panels, isBoth, state, width } = scene;
  for (const panel of panels) {
    const { left, right } = panel.sheet.box;
    const name = isBoth ? numberingNames[panel.numbering] : mixtureName(state.share);
    writeText(group, { x: left, y: 14, text: name, style: 'strong' });
    if (isBoth)
      writeText(group, { x: right, y: 14, text: scoreText(panel), anchor: 'end', style: 'muted' });
  }
  if (!isBoth)
    writeText(group, {
      x: width,
      y: 14,
      text: scoreText(panels[0]!),
      anchor: 'end',
      style: 'strong',
    });
}

function drawLoss(group: Group, scene: RenumberUnitsScene): void {
  const { isBoth, lossBox: box, x, y, pair, panels, state, isNarrow } = scene;
  if (isBoth) return;
  drawAxes(group, {
    box,
    x,
    y,
    xTicks: [0, 1],
    yTicks: y.ticks(4),
    xFormat: (value) => (value === 0 ? 'A' : 'B'),
    yFormat: formatNumber,
    xName: isNarrow ? '' : `network ${pair.a} to network ${pair.b}`,
    yName: '',
  });
  const unknowing = Math.log(2);
  if (unknowing < y.domain()[1]!) {
    drawHorizontal(group, 'reference', y(unknowing), box);
    if (!isNarrow)
      writeText(group, {
        x: box.right,
        y: y(unknowing) - 5,
        text: 'knowing nothing',
        anchor: 'end',
        style: 'muted small halo',
      });
  }
  writeText(group, {
    x: box.left + 6,
    y: box.top + 4,
    text: isNarrow ? 'loss' : 'training loss (nats)',
    style: 'axis-name halo',
  });
  const lineOf = (numbering: Numbering): string => {
    const losses = Array.from(pair.losses[numbering]);
    return linePath(losses.map((loss, t): Point => [x(t / (losses.length - 1)), y(loss)]));
  };
  if (state.units === 'renumbered')
    drawPath(group, 'line ghost', lineOf('asTrained'), { width: 1.5 });
  drawPath(group, 'line ink', lineOf(panels[0]!.numbering), { width: 2.5 });
}

/** The mixture on its way: its loss is evaluated for this very share. */
function drawMarker(
  group: Group,
  { isBoth, x, y, panels, state, lossBox }: RenumberUnitsScene,
): void {
  if (isBoth) return;
  const at: Point = [x(Math.min(1, state.share)), y(panels[0]!.score.loss)];
  drawPath(group, 'reference', linePath([at, [at[0], lossBox.bottom]]));
  for (const [style, radius] of [
    ['paper-fill', 8],
    ['accent-mark', 6],
  ] as const)
    group
      .append('circle')
      .attr('class', style)
      .attr('cx', at[0].toFixed(1))
      .attr('cy', at[1].toFixed(1))
      .attr('r', radius);
}

/** A full turn of hues for a full turn on the sheet. */
const unitColour = ({ angle }: UnitMark): string =>
  `oklch(var(--network-lightness, 0.6) 0.15 ${((angle * 180) / Math.PI + 180).toFixed(0)})`;

function drawUnits(group: Group, scene: RenumberUnitsScene): void {
  for (const panel of scene.panels) drawRows(group, scene, panel);
}

function drawRows(group: Group, scene: RenumberUnitsScene, panel: Panel): void {
  const { pair, state, isBoth, isNarrow } = scene;
  const { bars: box, moved, mixture, numbering } = panel;
  const rowHeight = (box.bottom - box.top) / 3;
  const isBrief = isBoth || isNarrow;
  const names = [
    isBrief
      ? `A, network ${pair.a}`
      : `The units of A, network ${pair.a}, in the order of their direction`,
    isBrief ? 'mixed' : 'The units of the mixture: each is one of A and one of B, mixed',
    isBrief
      ? `B, network ${pair.b}, ${numberingNames[numbering]}`
      : `The units of B, network ${pair.b}, ${numberingNames[numbering]}`,
  ];
  const { columns } = pair;
  const a = unitMarks(pair.networks.a);
  // While units move, they are those of B as trained, each on the way from its own place to its partner's.
  const b = unitMarks(pair.networks.asTrained);
  const places = new Array<number>(b.length);
  for (const [k, unit] of pair.order.entries()) {
    const [from, to] = [columns[unit]!, columns[k]!];
    places[unit] = from + unitShare(moved, from, b.length) * (to - from);
  }
  const rows: readonly (readonly [readonly UnitMark[], readonly number[], number])[] = [
    [a, columns, 1 - state.share],
    [unitMarks(mixture), columns, 1],
    [b, places, state.share],
  ];
  for (const [row, [marks, at, weight]] of rows.entries()) {
    const bottom = box.top + (row + 1) * rowHeight;
    writeText(group, {
      x: box.left,
      y: bottom - rowHeight + 12,
      text: names[row]!,
      style: 'muted small halo',
    });
    const faint = row === 1 ? 1 : 0.35 + 0.65 * Math.min(1, weight);
    drawBars(group.append('g').attr('opacity', faint.toFixed(2)), scene, {
      marks,
      places: at,
      left: box.left,
      right: box.right,
      bottom,
      tallest: rowHeight - 17,
    });
  }
}

interface Bars {
  readonly marks: readonly UnitMark[];
  readonly places: readonly number[];
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly tallest: number;
}

/** Heights are square roots of strengths, so that weak units are seen beside strong ones. */
function drawBars(group: Group, { pair }: RenumberUnitsScene, bars: Bars): void {
  const { marks, places, left, right, bottom, tallest } = bars;
  const step = (right - left) / marks.length;
  for (const [k, mark] of marks.entries()) {
    const height = Math.max(1.2, tallest * Math.sqrt(mark.strength / pair.strongest));
    group
      .append('rect')
      .attr('x', (left + (places[k]! + 0.12) * step).toFixed(1))
      .attr('y', (bottom - height).toFixed(1))
      .attr('width', (step * 0.76).toFixed(1))
      .attr('height', height.toFixed(1))
      .attr('rx', Math.min(2.5, step * 0.3).toFixed(1))
      .attr('fill', unitColour(mark));
  }
}

/** What bars mean; once units have moved, what that changed. */
function drawFoot(group: Group, { pair, points, panels, width, foot }: RenumberUnitsScene): void {
  const hasMoved = panels.some(({ moved }) => moved === 1);
  const { answers, largest } = pair.change;
  writeWrapped(group, {
    x: 0,
    y: foot,
    width,
    text: hasMoved
      ? `Renumbering changed ${answers} of B’s ${formatNumber(points.labels.length)} answers, and no output by more than ${formatNumber(largest)}.`
      : 'Colour: which way a unit points on the sheet. Height: how strongly it speaks.',
    style: hasMoved ? 'strong' : 'muted',
  });
}

const ground = ({ pair, state }: RenumberUnitsScene): unknown[] => [pair, state.units];

export const renumberUnitsLayers: readonly Layer<RenumberUnitsScene>[] = [
  {
    name: 'sheets',
    inputs: (scene) => [...ground(scene), scene.state.share],
    draw: drawSheets,
  },
  { name: 'loss', inputs: ground, draw: drawLoss },
  { name: 'marker', inputs: (scene) => [...ground(scene), scene.state.share], draw: drawMarker },
  { name: 'titles', inputs: (scene) => [...ground(scene), scene.state.share], draw: drawTitles },
  {
    name: 'units',
    inputs: (scene) => [...ground(scene), scene.state.share, scene.state.moved],
    draw: drawUnits,
  },
  { name: 'foot', inputs: (scene) => [...ground(scene), scene.state.moved], draw: drawFoot },
];
