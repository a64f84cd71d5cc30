// What each network answers everywhere, as small multiples: one panel a network, the same points under all.
import type { PreparedData, RunDisplay } from '../../artifact/display.ts';
import type { Box } from '../kit/axes.ts';
import { regionsOf } from './boundary-regions.ts';
import {
  decisionBoundariesState,
  describeBoundaries,
  tableOfBoundaries,
  type BoundariesView,
  type DecisionBoundariesState,
} from './decision-boundaries-words.ts';
import { defineFigure, guessLayer, type Layer } from '../kit/define-figure.ts';
import { formatShare } from '../kit/format.ts';
import { writeText } from '../kit/labels.ts';
import { drawKeys } from '../kit/legend.ts';
import { classColour, networkColour } from '../kit/palette.ts';
import { dotsPath } from '../kit/path.ts';
import { countNetworks, finalValues, networkControl } from '../kit/quantities.ts';
import type { Group, Picking, Stage } from '../kit/stage.ts';

const gap = 5;
/** More dots than this only fill the small panels. */
const mostPoints = 130;

/** Columns and side of the largest square panels that fit. */
function arrange(count: number, width: number, height: number): { columns: number; side: number } {
  let best = { columns: 1, side: 0 };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const side = Math.min((width + gap) / columns, (height + gap) / rows) - gap;
    // A wider grid of equal panels reads better than a taller one.
    if (side >= best.side) best = { columns, side };
  }
  return { columns: best.columns, side: Math.max(4, best.side) };
}

/** Every k-th training point of a class, placed in a panel at the origin. */
function pointsOf(
  data: PreparedData,
  classIndex: number,
  place: (x: number, y: number) => readonly [number, number],
) {
  const { labels, inputs, count } = data.train;
  const stride = Math.max(1, Math.ceil(count / mostPoints));
  const points: (readonly [number, number])[] = [];
  for (let i = 0; i < count; i += stride)
    if (labels?.[i] === classIndex)
      points.push(place(inputs[i * data.features]!, inputs[i * data.features + 1]!));
  return points;
}

type PanelsScene = ReturnType<typeof placePanels>;

function placePanels(
  { run, boundaries }: BoundariesView,
  stage: Stage<RunDisplay, DecisionBoundariesState>,
) {
  const { width, environment } = stage;
  const { selected, guess } = stage.state;
  const networks = boundaries.classes.length / boundaries.size ** 2;
  const [top, foot] = [26, 26];
  const { columns, side } = arrange(networks, width, environment.height - top - foot);
  const rows = Math.ceil(networks / columns);
  const left = (width - columns * (side + gap) + gap) / 2;
  const bottom = top + rows * (side + gap) - gap;
  stage.setHeight(bottom + foot);
  return {
    run,
    data: run.data,
    boundaries,
    width,
    networks,
    classCount: run.data.classNames.length,
    columns,
    side,
    left,
    top,
    bottom,
    /** A panel, drawn at the origin. */
    box: { left: 0, right: side, top: 0, bottom: side } satisfies Box,
    corner: (n: number): readonly [number, number] => [
      left + (n % columns) * (side + gap),
      top + Math.floor(n / columns) * (side + gap),
    ],
    selected: selected !== null && selected < networks ? selected : null,
    guess,
    accuracies:
      run.curves.testAccuracy === null || countNetworks(run.curves) !== networks
        ? null
        : finalValues(run.curves.testAccuracy, networks),
  };
}

function drawPanels(group: Group, scene: PanelsScene): void {
  const id = definePoints(group, scene);
  for (let n = 0; n < scene.networks; n++) drawPanel(group, scene, n, id);
}

/** One drawing of the points, used in every panel: the identifier tells runs and sizes apart. */
function definePoints(
  group: Group,
  { run, data, boundaries, networks, classCount, side }: PanelsScene,
): string {
  const [x0, x1, y0, y1] = boundaries.extent;
  const dots = Array.from({ length: classCount }, (_, index) =>
    dotsPath(
      pointsOf(data, index, (x, y) => [
        ((x - x0) / (x1 - x0)) * side,
        side - ((y - y0) / (y1 - y0)) * side,
      ]),
    ),
  );
  const id = `points-${run.experiment.name}-${networks}-${Math.round(side * 10)}`;
  const points = group
    .append('defs')
    .append('g')
    .attr('id', id)
    // Attributes, since rules with an ancestor in their selector do not reach into a `use`.
    .attr('fill', 'none')
    .attr('stroke-linecap', 'round');
  for (const [index, path] of dots.entries())
    points
      .append('path')
      .attr('stroke', classColour(index))
      .attr('stroke-width', side > 90 ? 2.6 : 1.8)
      .attr('d', path);
  return id;
}

/** Where network n answers which class, the points under it. */
function drawPanel(
  group: Group,
  { boundaries, classCount, box, side, corner }: PanelsScene,
  n: number,
  id: string,
): void {
  const [x, y] = corner(n);
  const panel = group.append('g').attr('transform', `translate(${x.toFixed(1)},${y.toFixed(1)})`);
  panel
    .append('rect')
    .attr('width', side.toFixed(1))
    .attr('height', side.toFixed(1))
    .attr('fill', classColour(0))
    .attr('fill-opacity', 0.24);
  for (const region of regionsOf(boundaries, n, classCount, box)) {
    panel.append('path').attr('class', 'paper-fill').attr('d', region.path);
    panel
      .append('path')
      .attr('fill', classColour(region.classIndex))
      .attr('fill-opacity', 0.3)
      .attr('d', region.path);
    panel
      .append('path')
      .attr('class', 'line ink')
      .attr('stroke-width', 1.25)
      .attr('d', region.line);
  }
  panel.append('use').attr('href', `#${id}`).attr('opacity', 0.7);
  panel
    .append('rect')
    .attr('class', 'panel-edge')
    .attr('width', side.toFixed(1))
    .attr('height', side.toFixed(1));
  if (side >= 24)
    writeText(panel, {
      x: 4,
      y: 12,
      text: String(n),
      style: 'small halo',
    });
}

function drawPickedPanel(group: Group, { selected, side, corner }: PanelsScene): void {
  if (selected === null) return;
  const [x, y] = corner(selected);
  for (const [style, thickness] of [
    ['casing', 7],
    ['line', 3.5],
  ] as const)
    group
      .append('rect')
      .attr('class', style)
      .attr('x', (x - 1).toFixed(1))
      .attr('y', (y - 1).toFixed(1))
      .attr('width', (side + 2).toFixed(1))
      .attr('height', (side + 2).toFixed(1))
      .attr('stroke', style === 'line' ? networkColour(selected) : null)
      .attr('stroke-width', thickness);
}

function drawHeadline(group: Group, { selected, accuracies, networks, left }: PanelsScene): void {
  const accuracy = selected === null ? NaN : (accuracies?.[selected] ?? NaN);
  const text =
    selected === null
      ? `${networks} networks, one panel each`
      : `network ${selected}` +
        (Number.isFinite(accuracy) ? `: ${formatShare(accuracy)} of test points right` : '');
  writeText(group, { x: left, y: 14, text, style: selected === null ? 'muted' : 'strong' });
}

function drawGuess(group: Group, { width, left, bottom }: PanelsScene, guess: string): void {
  writeText(group, {
    x: width - left,
    y: bottom + 20,
    text: `your guess: ${guess}`,
    anchor: 'end',
    style: 'guess-label',
  });
}

function drawClassKeys(group: Group, { data, width, left, bottom }: PanelsScene): void {
  drawKeys(group, {
    x: left,
    y: bottom + 20,
    width: width - left,
    keys: data.classNames.map((name, index) => ({
      mark: 'square' as const,
      text: /class|moon|circle|arm|blob/i.test(name) ? name : `class ${name}`,
      colour: classColour(index),
    })),
  });
}

const layers: readonly Layer<PanelsScene>[] = [
  { name: 'panels', inputs: ({ boundaries, data }) => [boundaries, data], draw: drawPanels },
  {
    name: 'picked',
    inputs: ({ boundaries, selected }) => [boundaries, selected],
    draw: drawPickedPanel,
  },
  {
    name: 'headline',
    inputs: ({ accuracies, selected, networks }) => [accuracies, selected, networks],
    draw: drawHeadline,
  },
  guessLayer(() => [], drawGuess),
  { name: 'keys', inputs: ({ data }) => [data], draw: drawClassKeys },
];

function pickPanels({
  networks,
  columns,
  selected,
  left,
  top,
  side,
  accuracies,
}: PanelsScene): Picking {
  return {
    count: networks,
    columns,
    selected,
    nearest(px, py) {
      const column = Math.floor((px - left) / (side + gap));
      const row = Math.floor((py - top) / (side + gap));
      const n = row * columns + column;
      return column >= 0 && column < columns && row >= 0 && n < networks ? n : null;
    },
    say: (n) => {
      const accuracy = accuracies?.[n] ?? NaN;
      return Number.isFinite(accuracy)
        ? `network ${n}: test accuracy ${formatShare(accuracy)}`
        : `network ${n}`;
    },
  };
}

const absence = (run: RunDisplay): string =>
  run.data.features === 2
    ? 'The boundaries are drawn once training has ended.'
    : `A boundary can be drawn for points of two features: these have ${run.data.features}.`;

export const decisionBoundaries = defineFigure({
  name: 'decision-boundaries',
  state: decisionBoundariesState,
  // Fifty panels: ten a row where there is room, else eight.
  height: (width) => Math.round(52 + (width >= 520 ? (width / 10) * 5 : (width / 8) * 7)),
  view: (run: RunDisplay): BoundariesView | string =>
    run.boundaries === null ? absence(run) : { run, boundaries: run.boundaries },
  scene: placePanels,
  layers,
  picking: pickPanels,
  describe: describeBoundaries,
  table: tableOfBoundaries,
  controls: (run) => [networkControl(countNetworks(run.curves))],
});
