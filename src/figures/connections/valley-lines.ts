// Loss along straight lines from small-batch to large-batch solutions: which valley looks wider, and when that turns round.
import { scaleLinear, scaleLog } from 'd3';
import type { StudyDisplay } from '../../artifact/load-study.ts';
import { drawAxes, logarithmicTicks, type Box } from '../kit/axes.ts';
import type { Figure } from '../kit/figure.ts';
import { formatNumber, formatPercent } from '../kit/format.ts';
import { writeAbsence, writeText } from '../kit/labels.ts';
import { drawKeys, type Key } from '../kit/legend.ts';
import { drawEnd } from '../kit/marks.ts';
import { classColours, networkColour } from '../kit/palette.ts';
import { linePath, simplify, type Point } from '../kit/path.ts';
import { openStage, type Group, type Picking, type Stage } from '../kit/stage.ts';
import { typical, valleysOf, waterIn, type Valleys, type ValleyLinesState } from './valley-data.ts';
import { drawSummary, summaryHeight } from './valley-summary.ts';
import { controlsOfValleys, describeValleys, tableOfValleys } from './valley-words.ts';

const colours = [classColours[0], classColours[1]] as const;

/** The ceiling of a linear axis: twice the hill between the ends, of all lines, so that they can be compared. */
function limits(valleys: Valleys, state: ValleyLinesState): [number, number] {
  const [lows, highs, hills]: [number[], number[], number[]] = [[], [], []];
  for (const { line } of valleys.lines) {
    const values = state.quantity === 'loss' ? line.loss : line.accuracy;
    if (values === null) continue;
    const { low, high, middle } = typical(values.values, line.alphas.values.length);
    lows.push(...low);
    highs.push(...high);
    const test = state.quantity === 'loss' ? null : line.testAccuracy;
    if (test !== null) lows.push(...typical(test.values, line.alphas.values.length).middle);
    for (const [t, alpha] of line.alphas.values.entries())
      if (alpha >= 0 && alpha <= 1) hills.push(middle[t]!);
  }
  if (state.quantity === 'accuracy') return [Math.min(...lows), 1];
  if (state.scale === 'log') return [Math.min(...lows) / 1.2, Math.max(...highs) * 1.2];
  return [0, 2 * Math.max(...hills)];
}

/** Cut where it leaves the picture through the ceiling, at the very place. */
function below(points: readonly Point[], ceiling: number): Point[] {
  return points.flatMap(([x, y], index): Point[] => {
    const before = points[index - 1];
    const isOut = y < ceiling;
    if (before === undefined || before[1] < ceiling === isOut)
      return isOut ? [[NaN, NaN]] : [[x, y]];
    const share = (ceiling - before[1]) / (y - before[1]);
    const edge: Point = [before[0] + share * (x - before[0]), ceiling];
    return isOut ? [edge, [NaN, NaN]] : [edge, [x, y]];
  });
}

function paint(stage: Stage<StudyDisplay, ValleyLinesState>): Picking | null {
  const { data, state, width, height } = stage;
  const valleys = valleysOf(data);
  stage.layer('absence', [valleys === null], (group) => {
    if (valleys === null)
      writeAbsence(group, width, height, 'This study drew no lines between solutions.');
  });
  if (valleys === null) return null;
  const valley = valleys.lines.find(({ key }) => key === state.line) ?? valleys.lines[0]!;
  const { line, ends } = valley;
  const alphas = line.alphas.values;
  const points = alphas.length;
  const isLoss = state.quantity === 'loss';
  const values = (isLoss ? line.loss : line.accuracy)?.values ?? line.loss.values;
  const testValues = (isLoss ? line.testLoss : line.testAccuracy)?.values ?? null;
  const own = (all: ArrayLike<number>, m: number): number[] =>
    Array.from({ length: points }, (_, t) => all[m * points + t]!);
  const pair = line.pairs.findIndex(([network]) => network === state.selected);
  const isNarrow = width < 480;
  const summaryTop = height - summaryHeight(valleys.lines.length);
  const box: Box = { left: 46, right: width - 14, top: 30, bottom: summaryTop - 74 };
  const logarithmic = isLoss && state.scale === 'log';
  const domain = limits(valleys, state);
  const x = scaleLinear([alphas[0]!, alphas[points - 1]!], [box.left, box.right]);
  const y = (logarithmic ? scaleLog : scaleLinear)(domain, [box.bottom, box.top]);
  const curve = (along: ArrayLike<number>): Point[] =>
    below(
      Array.from(along, (value, t): Point => [x(alphas[t]!), y(value)]),
      box.top,
    );
  const view = [data, valley.key, state.quantity, state.scale];

  stage.layer('axes', view, (group) => {
    const note = logarithmic ? '; log scale' : '';
    const unit =
      data.study.conditions[0]?.experiment.loss === 'cross-entropy' ? 'nats' : 'mean squared error';
    drawAxes(group, {
      box,
      x,
      y,
      xTicks: x.ticks(isNarrow ? 5 : 9),
      yTicks: logarithmic ? logarithmicTicks(domain, 6) : y.ticks(5),
      xFormat: formatNumber,
      yFormat: isLoss ? formatNumber : formatPercent,
      xName: isNarrow
        ? 'Place on the line (distance of the ends = 1)'
        : 'Place on the line between the two solutions (their distance is 1)',
      yName: isLoss
        ? `Loss (${unit}${note}), ${valley.name}`
        : `Accuracy (share of points), ${valley.name}`,
    });
    for (const [end, { name }] of ends.entries()) {
      const at = x(end);
      group
        .append('path')
        .attr('class', 'hairline')
        .attr('stroke-width', 1.5)
        .attr('d', `M${at.toFixed(1)},${box.top}V${box.bottom}`);
      writeText(group, {
        x: at + (end === 0 ? 8 : -8),
        y: isLoss ? box.top + 13 : box.bottom - 8,
        text: name,
        anchor: end === 0 ? 'end' : 'start',
        style: 'strong halo',
      });
    }
  });

  stage.layer('lines', [...view, pair], (group) => {
    const train = typical(values, points);
    const main = pair < 0 ? train.middle : own(values, pair);
    if (isLoss) drawWater(group, main);
    const band = [
      ...Array.from(train.high, (value, t): Point => [x(alphas[t]!), Math.max(box.top, y(value))]),
      ...Array.from(train.low, (value, t): Point => [
        x(alphas[t]!),
        Math.max(box.top, y(value)),
      ]).reverse(),
    ];
    group
      .append('path')
      .attr('class', 'valley-band')
      .attr('d', linePath(simplify(band, 0.2), true));
    if (testValues !== null)
      group
        .append('path')
        .attr('class', 'line reference')
        .attr('stroke-width', 1.25)
        .attr(
          'd',
          linePath(curve(pair < 0 ? typical(testValues, points).middle : own(testValues, pair))),
        );
    group
      .append('path')
      .attr('class', pair < 0 ? 'line ink' : 'line')
      .attr('stroke', pair < 0 ? null : networkColour(state.selected!))
      .attr('stroke-width', 2.25)
      .attr('d', linePath(curve(main)));
    for (const end of [0, 1]) {
      const at = alphas.findIndex((alpha) => Math.abs(alpha - end) < 1e-6);
      if (at >= 0) drawEnd(group, [x(end), y(main[at]!)], colours[end]!, 5);
    }
  });

  function drawWater(group: Group, main: ArrayLike<number>): void {
    for (const end of [0, 1] as const) {
      const water = waterIn(main, alphas, end, valleys!.rise);
      if (water === null) continue;
      const surface = y(water.level);
      const inside = Array.from(alphas.entries()).filter(
        ([, alpha]) => alpha > water.left && alpha < water.right,
      );
      const shore: Point[] = [
        [x(water.left), surface],
        ...inside.map(([t, alpha]): Point => [x(alpha), Math.min(box.bottom, y(main[t]!))]),
        [x(water.right), surface],
      ];
      const colour = colours[end];
      group
        .append('path')
        .attr('class', 'valley-water')
        .attr('fill', colour)
        .attr('d', linePath(shore, true));
      const [from, to] = [x(water.left).toFixed(1), x(water.right).toFixed(1)];
      const at = surface.toFixed(1);
      group
        .append('path')
        .attr('class', 'line')
        .attr('stroke', colour)
        .attr('stroke-width', 2)
        .attr('d', `M${from},${at}H${to}`);
      const width =
        pair < 0 ? ends[end].width : (end === 0 ? line.fromWidth : line.toWidth).values[pair]!;
      const text = `${isNarrow ? '' : pair < 0 ? 'mean width ' : 'width '}${width.toFixed(2)}`;
      writeText(group, {
        x: (x(water.left) + x(water.right)) / 2,
        y: surface - 7,
        text,
        anchor: 'middle',
        style: 'strong halo',
      });
    }
  }

  stage.layer('keys', [...view, pair], (group) => {
    const count = line.pairs.length;
    const keys: Key[] = [
      pair < 0
        ? { mark: 'line', text: isNarrow ? 'median' : `median of ${count} pairs` }
        : {
            mark: 'line',
            colour: networkColour(state.selected!),
            text: `networks ${line.pairs[pair]![0]} and ${line.pairs[pair]![1]}`,
          },
      { mark: 'band', text: 'middle half' },
      ...(testValues === null ? [] : [{ mark: 'reference', text: 'test' } as const]),
      ...(isLoss && width >= 620
        ? [
            {
              mark: 'square',
              colour: colours[0],
              text: `loss within ${valleys.rise} of the end's`,
            } as const,
          ]
        : []),
    ];
    drawKeys(group, { x: box.left, y: box.bottom + 58, width: box.right - box.left, keys });
  });

  stage.layer('summary', [data, valley.key, state.revealed, state.guess], (group) =>
    drawSummary(group, {
      box: { left: 4, right: width - 14, top: summaryTop, bottom: height },
      valleys,
      shown: valley.key,
      revealed: state.revealed,
      guess: state.guess,
      colours,
    }),
  );

  return {
    count: line.pairs.length,
    columns: 1,
    selected: pair < 0 ? null : state.selected,
    nearest: (px, py) => {
      if (px < box.left || px > box.right || py < box.top || py > box.bottom) return null;
      const at = Math.round(((px - box.left) / (box.right - box.left)) * (points - 1));
      let best: { away: number; network: number } | null = null;
      for (const [m, [network]] of line.pairs.entries()) {
        const away = Math.abs(y(values[m * points + at]!) - py);
        if (away < (best?.away ?? 12)) best = { away, network };
      }
      return best?.network ?? null;
    },
    say: (network) => {
      const m = line.pairs.findIndex(([first]) => first === network);
      if (m < 0) return `network ${network} is on no line`;
      return `networks ${network} and ${line.pairs[m]![1]}: width ${line.fromWidth.values[m]!.toFixed(2)} at the small batch's end, ${line.toWidth.values[m]!.toFixed(2)} at the large batch's`;
    },
  };
}

export const valleyLines: Figure<StudyDisplay, ValleyLinesState> = {
  name: 'valley-lines',
  initial: {
    line: null,
    quantity: 'loss',
    scale: 'linear',
    selected: null,
    guess: null,
    revealed: false,
  },
  height: (width) => (width < 480 ? 386 : width < 720 ? 456 : 490),
  draw: (container, data, state, environment) =>
    openStage({
      name: 'valley-lines',
      container,
      data,
      state,
      environment,
      describe: describeValleys,
      paint,
    }),
  describe: describeValleys,
  table: tableOfValleys,
  controls: controlsOfValleys,
};
