// Two copies of one run, their data in different orders: the loss between their ends, and how far apart these are.
import { scaleLinear, scaleLog, scaleSymlog } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import { drawAxes, logarithmicTicks } from '../kit/axes.ts';
import { defineFigure, type Layer } from '../kit/define-figure.ts';
import { estimateText } from '../kit/estimate-text.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { writeText } from '../kit/labels.ts';
import { classColour } from '../kit/palette.ts';
import { linePath, type Point } from '../kit/path.ts';
import { drawHorizontal, drawPath } from '../kit/shapes.ts';
import type { Group, Stage } from '../kit/stage.ts';
import { drawWhisker } from '../kit/whisker.ts';
import { forksState, viewOfForks, type ForksState, type ForksView } from './forks-data.ts';
import { isStacked, placeTwoPanels, writePanelAxis, writePanelTitle } from './two-panels.ts';

const copyColour = classColour(0);
const strangerColour = classColour(5);

const heightOf = (width: number): number => (isStacked(width) ? 720 : 370);

function placeForks(view: ForksView, { data, state, width }: Stage<StudyDisplay, ForksState>) {
  const { result } = view;
  const [first, second] = placeTwoPanels(width, 260);
  const losses = [...result.strangers.values, ...result.losses.values].filter(
    (loss) => loss > 0 && Number.isFinite(loss),
  );
  const lossDomain: [number, number] = [
    Math.min(...losses) / 1.5,
    Math.max(...losses, view.uniformLoss) * 1.25,
  ];
  const distances = result.distances.map(({ value }) => value).filter((value) => value > 0);
  const distanceDomain: [number, number] = [
    Math.min(...distances) / 2,
    result.strangerDistance.value * 2,
  ];
  const last = result.epochs.at(-1)!;
  return {
    ...view,
    data,
    state,
    first,
    second,
    lossDomain,
    distanceDomain,
    share: scaleLinear([0, 1], [first.left + 6, first.right - 18]),
    loss: scaleLog(lossDomain, [first.bottom, first.top]),
    epoch: scaleSymlog([0, last * 1.25], [second.left + 12, second.right]),
    distance: scaleLog(distanceDomain, [second.bottom, second.top]),
  };
}

type Scene = ReturnType<typeof placeForks>;

function drawFrames(group: Group, scene: Scene): void {
  const { first, second, share, loss, epoch, distance, result } = scene;
  drawAxes(group.append('g'), {
    box: first,
    x: share,
    y: loss,
    xTicks: [0, 0.25, 0.5, 0.75, 1],
    yTicks: logarithmicTicks(scene.lossDomain, 7),
    xFormat: (value) => ({ 0: 'one end', 0.5: 'halfway', 1: 'other end' })[value] ?? '',
    yFormat: formatNumber,
    xName: 'On the straight line between two ends',
  });
  writePanelTitle(group, first, 'Is there a wall between them?');
  writePanelAxis(group, first, 'Training loss (nats; log scale)');
  drawHorizontal(group, 'reference', loss(scene.uniformLoss), first);
  drawAxes(group.append('g'), {
    box: second,
    x: epoch,
    y: distance,
    xTicks: result.epochs.filter((value) => value !== 2),
    yTicks: logarithmicTicks(scene.distanceDomain, 7),
    xFormat: formatNumber,
    yFormat: formatNumber,
    xName: 'Epoch after which they part',
  });
  writePanelTitle(group, second, 'How far apart do they end?');
  writePanelAxis(group, second, 'Weight distance (log scale)');
}

function drawLines(group: Group, { strangers, copies, share, loss, state }: Scene): void {
  const line = (losses: Float32Array): string =>
    linePath(
      Array.from(losses, (value, t): Point => [share(t / (losses.length - 1)), loss(value)]),
      { grain: 2 },
    );
  const isPicked = (network: number): boolean =>
    state.selected === null || state.selected === network;
  for (const { lines, colour, strength } of [
    { lines: strangers, colour: strangerColour, strength: 0.7 },
    { lines: copies, colour: copyColour, strength: 0.6 },
  ])
    for (const { network, losses } of lines)
      drawPath(group, 'line', line(losses), {
        colour,
        width: 1.5,
        opacity: isPicked(network) ? strength : 0.15,
      });
}

function drawDistances(group: Group, { result, epoch, distance, second, fork }: Scene): void {
  const points = result.epochs.map((value, f): Point => [
    epoch(value),
    distance(result.distances[f]!.value),
  ]);
  drawPath(group, 'line', linePath(points), { colour: copyColour, width: 2.25 });
  for (const [f, { interval }] of result.distances.entries())
    drawWhisker(group, {
      mean: points[f]![1],
      interval: [distance(interval[0]), distance(interval[1])],
      across: points[f]![0],
      colour: copyColour,
      standing: true,
      size: f === fork ? 6 : 4,
    });
  drawPath(
    group,
    'line',
    `M${second.left},${distance(result.strangerDistance.value).toFixed(1)}H${second.right}`,
    { colour: strangerColour, width: 2.25, dash: '6 4' },
  );
}

function drawNames(
  group: Group,
  { first, second, epoch, distance, result, loss, strangers }: Scene,
): void {
  const middle = Math.floor(strangers[0]!.losses.length / 2);
  const highest = Math.max(...strangers.map(({ losses }) => losses[middle]!));
  const atEnd = result.losses.values[0]!;
  const at = (first.left + first.right) / 2;
  const half = Math.floor(result.epochs.length / 2);
  writeText(group, {
    x: at,
    y: Math.max(first.top + 12, loss(highest) - 10),
    text: 'two different starts',
    anchor: 'middle',
    style: 'strong halo',
  });
  writeText(group, {
    x: at,
    y: Math.min(first.bottom - 8, loss(atEnd) + 24),
    text: `one run, forked: mean barrier ${mostOf(result.meanBarriers)}`,
    anchor: 'middle',
    style: 'strong halo',
  });
  writeText(group, {
    x: second.left + 12,
    y: distance(result.strangerDistance.value) - 8,
    text: 'two different starts',
    style: 'strong halo',
  });
  writeText(group, {
    x: epoch(result.epochs[half]!),
    y: distance(result.distances[half]!.value) - 24,
    text: 'one run, forked',
    anchor: 'middle',
    style: 'strong halo',
  });
}

/** The highest of some means, as the picture says it of all. */
const mostOf = (means: readonly { readonly value: number }[]): string =>
  means.every(({ value }) => value === means[0]!.value)
    ? formatNumber(means[0]!.value)
    : `≤ ${formatNumber(Math.max(...means.map(({ value }) => value)))}`;

const ground = ({ data, fork, state }: Scene): unknown[] => [data, fork, state.selected];

const layers: readonly Layer<Scene>[] = [
  { name: 'frames', inputs: ({ data }) => [data], draw: drawFrames },
  { name: 'lines', inputs: ground, draw: drawLines },
  { name: 'distances', inputs: ({ data, fork }) => [data, fork], draw: drawDistances },
  { name: 'names', inputs: ({ data }) => [data], draw: drawNames },
];

function describe({ result, fork }: ForksView): string {
  const forks = result.epochs
    .map((epoch, f) => ({ epoch, f }))
    .filter(({ f }) => fork === null || f === fork)
    .map(
      ({ epoch, f }) =>
        `forked after epoch ${epoch}: mean barrier ${formatNumber(result.meanBarriers[f]!.value)}, distance ${formatNumber(result.distances[f]!.value)}`,
    );
  return (
    `${result.networks.length} runs and copies of them that go on with their data in another order. ` +
    `Between different starts the mean barrier is ${estimateText(result.meanStrangerBarrier)} nats and the distance ${formatNumber(result.strangerDistance.value)}. ` +
    `One run, ${forks.join('; ')}.`
  );
}

const table = ({ result }: ForksView): FigureTable => ({
  columns: [
    { name: 'forked after epoch' },
    { name: 'mean barrier', unit: 'nats' },
    { name: 'mean distance of the ends' },
  ],
  rows: [
    ...result.epochs.map((epoch, f) => [
      epoch,
      result.meanBarriers[f]!.value,
      result.distances[f]!.value,
    ]),
    ['different starts', result.meanStrangerBarrier.value, result.strangerDistance.value],
  ],
});

function controls(data: StudyDisplay): FigureControl[] {
  const view = viewOfForks(data, { fork: null, selected: null });
  if (typeof view === 'string') return [];
  return [
    {
      key: 'fork',
      name: 'Fork',
      kind: 'range',
      options: [
        { value: null, text: 'all forks' },
        ...view.result.epochs.map((epoch, f) => ({ value: f, text: `epoch ${epoch}` })),
      ],
    },
  ];
}

export const forkedRuns = defineFigure({
  name: 'forked-runs',
  state: forksState,
  height: heightOf,
  view: viewOfForks,
  scene: placeForks,
  layers,
  describe,
  table,
  controls,
});
