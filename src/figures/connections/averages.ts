// What averaging weights does: the loss against how many are averaged, and a close view of those that stay low.
import { scaleLinear, scaleLog } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import { drawAxes, logarithmicTicks, type Box } from '../kit/axes.ts';
import { defineFigure, type Layer } from '../kit/define-figure.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import { classColour } from '../kit/palette.ts';
import { linePath, type Point } from '../kit/path.ts';
import { drawHorizontal, drawPath } from '../kit/shapes.ts';
import type { Group, Stage } from '../kit/stage.ts';
import { drawWhisker } from '../kit/whisker.ts';
import {
  averagesState,
  viewOfAverages,
  type AverageLine,
  type AveragesState,
  type AveragesView,
} from './averages-data.ts';
import { isStacked, placeTwoPanels, writePanelAxis, writePanelTitle } from './two-panels.ts';

/** Colour, dash and mark: three cues, the last two for those who do not see colours. */
const looks = {
  raw: { colour: classColour(5), dash: '6 4', mark: 'square' },
  aligned: { colour: classColour(0), dash: null, mark: 'circle' },
  along: { colour: classColour(2), dash: '2 4', mark: 'diamond' },
} as const;

const heightOf = (width: number): number => (isStacked(width) ? 740 : 380);

interface Panel {
  readonly title: string;
  readonly box: Box;
  readonly lines: readonly AverageLine[];
  readonly y:
    ReturnType<typeof scaleLog<number, number>> | ReturnType<typeof scaleLinear<number, number>>;
  readonly yTicks: readonly number[];
  readonly hasUniformLoss: boolean;
}

function placeAverages(
  view: AveragesView,
  { data, state, width }: Stage<StudyDisplay, AveragesState>,
) {
  const [first, second] = placeTwoPanels(width, 270);
  const [raw, aligned, along] = view.lines as [AverageLine, AverageLine, AverageLine];
  const all = [...raw.means, ...aligned.means, ...along.means];
  const domain: [number, number] = [
    Math.min(...all.map(({ value }) => value)) / 1.4,
    Math.max(...all.flatMap(endsOf), view.uniformLoss) * 1.25,
  ];
  const low = [...aligned.means, ...along.means].flatMap(endsOf);
  const span = Math.max(...low) - Math.min(...low);
  const close: [number, number] = [Math.min(...low) - 0.12 * span, Math.max(...low) + 0.12 * span];
  const counts = view.lines.flatMap((line) => line.counts);
  const most = Math.max(...counts);
  const panels: readonly Panel[] = [
    {
      title: 'The whole range',
      box: first,
      lines: [raw, aligned],
      y: scaleLog(domain, [first.bottom, first.top]),
      yTicks: logarithmicTicks(domain, 7),
      hasUniformLoss: true,
    },
    {
      title: 'The low ones, enlarged',
      box: second,
      lines: [aligned, along],
      y: scaleLinear(close, [second.bottom, second.top]),
      yTicks: scaleLinear(close, [0, 1]).ticks(5),
      hasUniformLoss: false,
    },
  ];
  return {
    ...view,
    data,
    state,
    panels,
    isNarrow: isStacked(width),
    xOf: ({ left, right }: Box) => scaleLog([0.85, most * 1.18], [left, right]),
    /** Counts that every axis names. */
    ticks: [1, 2, 5, 10, 25, 50, 100].filter((count) => count <= most),
  };
}

type Scene = ReturnType<typeof placeAverages>;

/** Of a mean: its interval where there is one, else itself. */
function endsOf({ value, interval }: AverageLine['means'][number]): number[] {
  return interval.every(Number.isFinite) ? [...interval] : [value];
}

function drawFrames(group: Group, { panels, xOf, ticks, part, uniformLoss }: Scene): void {
  for (const { title, box, y, yTicks, hasUniformLoss } of panels) {
    writePanelTitle(group, box, title);
    drawAxes(group.append('g'), {
      box,
      x: xOf(box),
      y,
      xTicks: ticks,
      yTicks,
      xFormat: formatNumber,
      yFormat: formatNumber,
      xName: 'How many are averaged (log scale)',
    });
    const unit = hasUniformLoss ? 'nats; log scale' : 'nats';
    writePanelAxis(
      group,
      box,
      `${part === 'test' ? 'Test' : 'Training'} loss of the average (${unit})`,
    );
    if (!hasUniformLoss) continue;
    drawHorizontal(group, 'reference', y(uniformLoss)!, box);
    writeText(group, {
      x: box.right - 2,
      y: y(uniformLoss)! + 15,
      text: 'knowing nothing',
      anchor: 'end',
      style: 'muted small halo',
    });
  }
}

function drawLines(group: Group, { panels, xOf }: Scene): void {
  for (const { box, lines, y } of panels) {
    const x = xOf(box);
    for (const { name, counts, means } of lines) {
      const { colour, dash, mark } = looks[name];
      const points = counts.map((count, k): Point => [x(count), y(means[k]!.value)!]);
      drawPath(group, `line ${name}`, linePath(points), { colour, width: 2.25, dash });
      for (const [k, { interval }] of means.entries())
        drawWhisker(group, {
          mean: points[k]![1],
          interval: [y(interval[0])!, y(interval[1])!],
          across: points[k]![0],
          colour,
          mark,
          standing: true,
          size: 4,
        });
    }
  }
}

/** Beside the lines, where the lines leave room. */
function drawNames(group: Group, { panels, xOf, isNarrow }: Scene): void {
  for (const { box, lines, y, hasUniformLoss } of panels) {
    const x = xOf(box);
    for (const { name, text, short, counts, means } of lines) {
      // Late snapshots are few: their name stands above their last average, towards the free side.
      const isLast = name === 'along';
      const k = isLast ? counts.length - 1 : Math.max(0, counts.length - 2);
      const isBelow = name === 'aligned' && !hasUniformLoss;
      const shown = isNarrow ? short : text;
      const half = textWidth(shown) / 2 + 6;
      const centre = x(counts[k]!);
      writeText(group, {
        x: Math.min(box.right - half, Math.max(box.left + half + 4, centre)),
        y: y(means[k]!.value)! + (isBelow ? 34 : -18),
        text: shown,
        anchor: 'middle',
        style: 'strong halo',
      });
    }
  }
}

const ground = ({ data, state }: Scene): unknown[] => [data, state.part];

const layers: readonly Layer<Scene>[] = [
  { name: 'frames', inputs: ground, draw: drawFrames },
  { name: 'lines', inputs: ground, draw: drawLines },
  { name: 'names', inputs: ground, draw: drawNames },
];

function describe({ lines, part }: AveragesView): string {
  const sentences = lines.map(
    ({ text, counts, means }) =>
      `${text}: ${counts.map((count, k) => `${count} averaged ${formatNumber(means[k]!.value)}`).join(', ')}`,
  );
  return `Mean ${part === 'test' ? 'test' : 'training'} loss of averaged weights, in nats. ${sentences.join('; ')}.`;
}

function table({ lines, part }: AveragesView): FigureTable {
  return {
    columns: [
      { name: 'what is averaged' },
      { name: 'how many' },
      { name: `mean ${part === 'test' ? 'test' : 'training'} loss`, unit: 'nats' },
      { name: '95% interval from', unit: 'nats' },
      { name: '95% interval to', unit: 'nats' },
    ],
    rows: lines.flatMap(({ text, counts, means }) =>
      counts.map((count, k) => {
        const { value, interval } = means[k]!;
        const [low, high] = interval.map((end) => (Number.isFinite(end) ? end : null));
        return [text, count, value, low ?? null, high ?? null];
      }),
    ),
  };
}

const controls: readonly FigureControl[] = [
  {
    key: 'part',
    name: 'Loss on',
    kind: 'choice',
    options: [
      { value: 'test', text: 'test points' },
      { value: 'train', text: 'training points' },
    ],
  },
];

export const averagedWeights = defineFigure({
  name: 'averaged-weights',
  state: averagesState,
  height: heightOf,
  view: viewOfAverages,
  scene: placeAverages,
  layers,
  describe,
  table,
  controls: () => controls,
});
