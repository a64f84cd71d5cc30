// The layers of the mixture of two networks: its answers, the loss on the way, and the units, which change places.
import { answersOn, unitStrengths } from '../boundaries/one-layer-network.ts';
import { boundaryPath, drawAnswers, drawSheetPoints } from '../boundaries/answer-sheet.ts';
import { drawAxes, type Box } from '../kit/axes.ts';
import type { Layer } from '../kit/define-figure.ts';
import { formatNumber, formatPercent } from '../kit/format.ts';
import { writeText, writeWrapped } from '../kit/labels.ts';
import { networkColour } from '../kit/palette.ts';
import { linePath, type Point } from '../kit/path.ts';
import { drawHorizontal, drawPath } from '../kit/shapes.ts';
import type { Group } from '../kit/stage.ts';
import type { Numbering } from './renumber-units-data.ts';
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

function drawMixtures(group: Group, { panels }: RenumberUnitsScene): void {
  for (const { sheet, mixture } of panels)
    drawAnswers(group, sheet, answersOn(mixture, sheet.xs, sheet.ys));
}

/** What does not change on the way: the boundaries of A and of B, and the points. */
function drawEnds(group: Group, { panels, points, pair }: RenumberUnitsScene): void {
  for (const { sheet, numbering } of panels) {
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

function drawTitles(
  group: Group,
  { panels, isBoth, isNarrow, state, width }: RenumberUnitsScene,
): void {
  for (const panel of panels) {
    const { left, right } = panel.sheet.box;
    const name = isBoth ? numberingNames[panel.numbering] : mixtureName(state.share);
    const isBrief = isBoth && isNarrow;
    const text = isBrief ? `${name}: loss ${panel.score.loss.toFixed(2)}` : name;
    writeText(group, { x: left, y: 14, text, style: 'strong' });
    if (!isBrief)
      writeText(group, {
        x: isBoth ? right : width,
        y: 14,
        text: scoreText(panel),
        anchor: 'end',
        style: isBoth ? 'muted' : 'strong',
      });
  }
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

/** A hue for each of A's units, the strongest farthest apart; a unit of B has that of the one it is matched with. */
const unitColour = (rank: number, units: number): string =>
  `oklch(var(--network-lightness, 0.6) 0.15 ${(25 + 320 * Math.sqrt(rank / units)).toFixed(0)})`;

function drawUnits(group: Group, scene: RenumberUnitsScene): void {
  for (const panel of scene.panels) drawRows(group, scene, panel);
}

function drawRows(group: Group, scene: RenumberUnitsScene, panel: Panel): void {
  const { pair, state, isBoth, isNarrow, points } = scene;
  const { bars: box, moved, mixture, numbering } = panel;
  const { columns, order, strengths } = pair;
  const units = columns.length;
  const rowHeight = (box.bottom - box.top) / 3;
  // By the number of B's unit: the column of A's unit that it is matched with.
  const partners = new Array<number>(units);
  for (const [k, unit] of order.entries()) partners[unit] = columns[k]!;
  // While units move, they are those of B as trained, each on the way from its own place to its partner's.
  const places = partners.map(
    (to, unit) => columns[unit]! + unitShare(moved, columns[unit]!, units) * (to - columns[unit]!),
  );
  const ofB = numbering === 'renumbered' ? columns : partners;
  const isBrief = isBoth || isNarrow;
  const rows: readonly { name: string; opacity: number; bars: readonly Bar[] }[] = [
    {
      name: isBrief ? `A: network ${pair.a}` : `The hidden units of A, network ${pair.a}`,
      opacity: 1 - 0.6 * Math.min(1, state.share),
      bars: columns.map((column, k) => ({
        column,
        strength: strengths.a[k]!,
        parts: [[1, column]],
      })),
    },
    {
      name: isBrief ? 'mixed' : 'Each mixed with the unit of B that has its number',
      opacity: 1,
      bars: Array.from(unitStrengths(mixture, points), (strength, k) => ({
        column: columns[k]!,
        strength,
        parts: [
          [1 - Math.min(1, state.share), columns[k]!],
          [Math.min(1, state.share), ofB[k]!],
        ],
      })),
    },
    {
      name: `${isBrief ? 'B:' : 'The hidden units of B,'} network ${pair.b}, ${numberingNames[numbering]}`,
      opacity: 0.4 + 0.6 * Math.min(1, state.share),
      bars: places.map((column, unit) => ({
        column,
        strength: strengths.b[unit]!,
        parts: [[1, partners[unit]!]],
      })),
    },
  ];
  for (const [row, { name, opacity, bars }] of rows.entries()) {
    const bottom = box.top + (row + 1) * rowHeight;
    const inRow = group.append('g').attr('opacity', opacity.toFixed(2));
    drawBars(inRow, scene, bars, { ...box, bottom, top: bottom - rowHeight + 17 });
    writeText(group, {
      x: box.left,
      y: bottom - rowHeight + 13,
      text: name,
      style: 'muted small',
    });
  }
}

interface Bar {
  readonly column: number;
  readonly strength: number;
  /** From the foot up: shares of the height, each with the rank whose colour it has. */
  readonly parts: readonly (readonly [share: number, rank: number])[];
}

/** Heights are square roots of strengths, so that weak units are seen beside strong ones. */
function drawBars(
  group: Group,
  { pair }: RenumberUnitsScene,
  bars: readonly Bar[],
  { left, right, top, bottom }: Box,
): void {
  const step = (right - left) / bars.length;
  for (const { column, strength, parts } of bars) {
    const height = Math.max(1.5, (bottom - top) * Math.sqrt(strength / pair.strongest));
    let foot = bottom;
    for (const [share, rank] of parts) {
      if (share === 0) continue;
      group
        .append('rect')
        .attr('x', (left + (column + 0.1) * step).toFixed(1))
        .attr('y', (foot - share * height).toFixed(1))
        .attr('width', (step * 0.8).toFixed(1))
        .attr('height', (share * height).toFixed(1))
        .attr('fill', unitColour(rank, bars.length));
      foot -= share * height;
    }
  }
}

/** What bars mean; once units have moved, what that changed. */
function drawFoot(group: Group, { pair, points, panels, width, foot }: RenumberUnitsScene): void {
  const hasMoved = panels.some(({ moved }) => moved === 1);
  const { answers, largest } = pair.change;
  writeWrapped(group, {
    x: 0,
    y: foot,
    // Strong letters are wider than those that widths are estimated for.
    width: 0.9 * width,
    text: hasMoved
      ? `Renumbering changed ${answers} of B’s ${formatNumber(points.labels.length)} answers, and no output by more than ${formatNumber(largest)}.`
      : 'A bar is a hidden unit. One of B has the colour of the unit of A that it is matched with.',
    style: hasMoved ? 'strong' : 'muted',
  });
}

const ground = ({ pair, state }: RenumberUnitsScene): unknown[] => [pair, state.units];

export const renumberUnitsLayers: readonly Layer<RenumberUnitsScene>[] = [
  {
    name: 'mixtures',
    inputs: (scene) => [...ground(scene), scene.state.share],
    draw: drawMixtures,
  },
  { name: 'ends', inputs: ground, draw: drawEnds },
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
