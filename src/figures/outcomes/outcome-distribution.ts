// Where training ended: one dot a network, with median, quartiles and the mean's interval above.
import { scaleLinear, scaleLog } from 'd3';
import type { RunDisplay } from '../../artifact/display.ts';
import type { Summary } from '../../landscape/statistics.ts';
import { drawAxes, logarithmicTicks, type Box } from '../kit/axes.ts';
import { dodge } from '../kit/dodge.ts';
import type { Figure, FigureControl, FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { drawGuessDown } from '../kit/guess-mark.ts';
import { textWidth, writeAbsence, writeText } from '../kit/labels.ts';
import { drawKeys } from '../kit/legend.ts';
import { drawOutcome } from '../kit/marks.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import { networkColour } from '../kit/palette.ts';
import {
  countNetworks,
  finalValues,
  quantities,
  quantityOptions,
  unitOf,
  type Quantity,
} from '../kit/quantities.ts';
import { openStage, type Group, type Picking, type Stage } from '../kit/stage.ts';
import { scaleOptions } from '../kit/common-controls.ts';

export interface OutcomeDistributionState {
  readonly quantity: Exclude<Quantity, 'gradientNorm'>;
  /** 'auto' draws a loss on a logarithmic axis where it spans much. */
  readonly scale: 'auto' | 'log' | 'linear';
  readonly selected: number | null;
  /** A value, drawn across the dots. */
  readonly guess: number | null;
}

/** A loss that spans more than this factor is drawn on a logarithmic axis, which says so. */
const logarithmicFrom = 8;

const largestRadius = 8;

interface Scale {
  readonly domain: [number, number];
  readonly logarithmic: boolean;
  /** Exact zeros on a logarithmic axis: they rest on its left end, which the axis then says. */
  readonly hasZeros: boolean;
}

/** A guess far off stands at the edge, with an arrow: it must not squeeze the answer. */
function withinReach(guess: number, values: readonly number[]): number {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const reach = 1.5 * (high - low);
  return Math.min(high + reach, Math.max(low - reach, guess));
}

function scaleOf(
  values: readonly number[],
  isShare: boolean,
  wanted: OutcomeDistributionState['scale'],
): Scale {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const positive = values.filter((value) => value > 0);
  const lowest = Math.min(...positive);
  const canBeLogarithmic = !isShare && low >= 0 && positive.length > 0;
  const spansMuch = high / lowest > logarithmicFrom;
  const logarithmic = canBeLogarithmic && (wanted === 'log' || (wanted === 'auto' && spansMuch));
  if (logarithmic)
    return { domain: [lowest / 1.15, high * 1.15], logarithmic, hasZeros: low === 0 };
  const room = (high - low) * 0.06 || Math.abs(high) * 0.05 || 0.5;
  return {
    domain: [
      isShare ? low - room : Math.max(0, low - room),
      isShare ? Math.min(1, high + room) : high + room,
    ],
    logarithmic,
    hasZeros: false,
  };
}

function paint(stage: Stage<RunDisplay, OutcomeDistributionState>): Picking | null {
  const { data, state, width, height } = stage;
  const facts = quantities[state.quantity];
  const series = facts.series(data.curves);
  const summary = facts.summary(data.statistics);
  const networks = countNetworks(data.curves);
  const values = series === null ? [] : Array.from(finalValues(series, networks));
  const finite = values.filter(Number.isFinite);
  const isMissing = finite.length === 0 || summary === null;
  stage.layer('absence', [isMissing, state.quantity], (group) => {
    if (isMissing)
      writeAbsence(group, width, height, `This run has no ${facts.name.toLowerCase()} to draw.`);
  });
  if (isMissing) return null;

  const { outcomeOf } = data.statistics;
  const gone = values.flatMap((value, n) => (Number.isFinite(value) ? [] : [n]));
  const gutter = gone.length > 0 ? 74 : 0;
  // A guess has its words in a line of its own, between summary and dots.
  const summaryHeight = 84 + (state.guess === null ? 0 : 16);
  const keyHeight = width < 460 ? 44 : 26;
  const box: Box = {
    left: 14,
    right: width - 18 - gutter,
    top: summaryHeight + 8,
    bottom: height - 46 - keyHeight,
  };
  const { guess } = state;
  const { domain, logarithmic, hasZeros } = scaleOf(
    guess === null ? finite : [...finite, withinReach(guess, finite)],
    facts.isShare,
    state.scale,
  );
  const x = (logarithmic ? scaleLog : scaleLinear)(domain, [box.left + 8, box.right - 8]).clamp(
    true,
  );
  const scaleNote = logarithmic
    ? `log scale${hasZeros ? ', exact zeros at the left end' : ''}`
    : '';
  const bracket = (...parts: string[]): string => {
    const note = parts.filter((part) => part !== '').join('; ');
    return note === '' ? '' : ` (${note})`;
  };
  // The fullest name of the axis that fits.
  const names = [
    `${facts.name} at the end${bracket(unitOf(state.quantity, data), scaleNote)}`,
    `${facts.name} at the end${bracket(scaleNote)}`,
    `Final ${facts.name.toLowerCase()}${bracket(logarithmic ? `log scale${hasZeros ? ', zeros at left' : ''}` : '')}`,
  ];

  // The largest dots whose tallest pile still fits.
  let radius = largestRadius;
  let heights: number[] = [];
  for (; radius >= 1; radius -= 0.5) {
    heights = dodge(
      finite.map((value) => x(value)),
      2 * radius + 1,
    );
    if (Math.max(...heights) + 2 * radius + 4 <= box.bottom - box.top) break;
  }
  const places = new Map<number, readonly [number, number]>();
  let rank = 0;
  for (const [n, value] of values.entries()) {
    if (!Number.isFinite(value)) continue;
    places.set(n, [x(value), box.bottom - 5 - radius - heights[rank]!]);
    rank += 1;
  }
  for (const [index, n] of gone.entries())
    places.set(n, [box.right + 30 + (index % 4) * 13, box.bottom - 9 - Math.floor(index / 4) * 13]);

  const selected = state.selected !== null && state.selected < networks ? state.selected : null;
  const view = [data, state.quantity, state.scale, guess];
  stage.layer('axis', view, (group) => {
    const count = Math.max(3, Math.floor((box.right - box.left) / 70));
    drawAxes(group, {
      box,
      x,
      y: null,
      xTicks: logarithmic ? logarithmicTicks(domain, count) : x.ticks(count),
      xFormat: facts.format,
      xName: names.find((name) => textWidth(name) < width - 8) ?? names.at(-1)!,
    });
    if (gone.length > 0)
      writeText(group, {
        x: box.right + 50,
        y: box.bottom + 17,
        text: 'diverged',
        anchor: 'middle',
        style: 'muted small',
      });
  });
  stage.layer('summary', view, (group) => drawSummary(group, summary, x, facts.format, width));
  stage.layer('guess', view, (group) => {
    if (guess === null) return;
    const text = `your guess ${facts.format(guess)}`;
    const [isBelow, isAbove] = [guess < domain[0], guess > domain[1]];
    drawGuessDown(group, {
      x: x(guess),
      box: { ...box, top: summaryHeight + 12 },
      text: isBelow ? `← ${text}` : isAbove ? `${text} →` : text,
      width,
    });
  });
  stage.layer('dots', [...view, selected !== null], (group) => {
    group.attr('opacity', selected === null ? 1 : 0.55);
    for (const [n, [cx, cy]] of places)
      drawOutcome(group, outcomeOf[n], [cx, cy], networkColour(n), radius, 4);
  });
  stage.layer('selected', [...view, selected], (group) => {
    if (selected === null) return;
    const [cx, cy] = places.get(selected)!;
    drawOutcome(group, outcomeOf[selected], [cx, cy], networkColour(selected), radius + 1, 4);
    group
      .append('circle')
      .attr('class', 'line ink')
      .attr('cx', cx.toFixed(1))
      .attr('cy', cy.toFixed(1))
      .attr('r', radius + 3)
      .attr('stroke-width', 1.75);
    const value = values[selected]!;
    const text = `network ${selected}: ${Number.isFinite(value) ? facts.format(value) : 'diverged'}`;
    const half = textWidth(text, 13.5) / 2;
    writeText(group, {
      x: Math.min(width - half - 2, Math.max(half + 2, cx)),
      y: cy - radius - 9,
      text,
      anchor: 'middle',
      style: 'strong halo',
    });
  });
  stage.layer('keys', view, (group) => {
    const has = (outcome: string): boolean => outcomeOf.includes(outcome as 'stuck');
    drawKeys(group, {
      x: 10,
      y: box.bottom + 60,
      width: width - 20,
      keys: [
        { mark: 'dot', text: has('stuck') ? 'one network, converged' : 'one network' },
        ...(has('stuck') ? [{ mark: 'square', text: 'stuck' } as const] : []),
        { mark: 'band', text: 'middle half' },
        { mark: 'diamond', text: 'mean, 95% interval' },
      ],
    });
  });

  return {
    count: networks,
    columns: 1,
    selected,
    nearest: (px, py) => nearestNetwork(places, [px, py], 24),
    say: (n) =>
      `network ${n}: ${facts.name.toLowerCase()} ${facts.format(values[n] ?? NaN)}, ${outcomeOf[n] ?? ''}`,
  };
}

/** Box of the middle half with the median, and below it the mean with its bootstrap interval. */
function drawSummary(
  group: Group,
  summary: Summary,
  x: (value: number) => number,
  format: (value: number) => string,
  width: number,
): void {
  const [boxY, meanY] = [30, 66];
  const [q1, q3] = [x(summary.lowerQuartile), x(summary.upperQuartile)];
  const [low, high] = [x(summary.minimum), x(summary.maximum)];
  const fixed = (value: number): string => value.toFixed(1);
  group
    .append('path')
    .attr('class', 'line ink')
    .attr('stroke-width', 1)
    .attr('d', `M${fixed(low)},${boxY}H${fixed(q1)}M${fixed(q3)},${boxY}H${fixed(high)}`);
  group
    .append('rect')
    .attr('class', 'quartiles')
    .attr('x', fixed(q1))
    .attr('y', boxY - 8)
    .attr('width', fixed(Math.max(1, q3 - q1)))
    .attr('height', 16);
  const middle = x(summary.median);
  group
    .append('path')
    .attr('class', 'line ink')
    .attr('stroke-width', 2.5)
    .attr('d', `M${fixed(middle)},${boxY - 9}v18`);
  const [from, to] = summary.meanInterval;
  const mean = x(summary.mean);
  group
    .append('path')
    .attr('class', 'line accent-line')
    .attr('stroke-width', 2)
    .attr(
      'd',
      `M${fixed(x(from))},${meanY}H${fixed(x(to))}M${fixed(x(from))},${meanY - 4}v8M${fixed(x(to))},${meanY - 4}v8`,
    );
  group
    .append('path')
    .attr('class', 'accent-mark')
    .attr('d', `M${fixed(mean)},${meanY - 6}l6,6l-6,6l-6,-6z`);
  const captions = [
    { at: middle, y: boxY - 15, text: `median ${format(summary.median)}`, style: 'strong halo' },
    {
      at: mean,
      y: meanY - 11,
      text: `mean ${format(summary.mean)} (95%${width < 420 ? ':' : ' interval'} ${format(from)} to ${format(to)})`,
      style: 'accent halo',
    },
  ];
  for (const caption of captions) {
    const half = textWidth(caption.text, 13.5) / 2;
    writeText(group, {
      x: Math.min(width - half - 2, Math.max(half + 2, caption.at)),
      y: caption.y,
      text: caption.text,
      anchor: 'middle',
      style: caption.style,
    });
  }
}

function describe(run: RunDisplay, state: OutcomeDistributionState): string {
  const facts = quantities[state.quantity];
  const summary = facts.summary(run.statistics);
  if (summary === null) return `This run has no ${facts.name.toLowerCase()} to draw.`;
  const { format } = facts;
  const { converged, stuck, diverged } = run.statistics.outcomes;
  return (
    `${facts.name} of ${summary.count} networks at the end of training: median ${format(summary.median)}, ` +
    `middle half ${format(summary.lowerQuartile)} to ${format(summary.upperQuartile)}, ` +
    `range ${format(summary.minimum)} to ${format(summary.maximum)}, ` +
    `mean ${format(summary.mean)} with a 95% interval of ${format(summary.meanInterval[0])} to ${format(summary.meanInterval[1])}. ` +
    `${formatNumber(converged)} converged, ${formatNumber(stuck)} stuck, ${formatNumber(diverged)} diverged.` +
    (state.guess === null ? '' : ` Your guess was ${format(state.guess)}.`)
  );
}

function table(run: RunDisplay, state: OutcomeDistributionState): FigureTable {
  const facts = quantities[state.quantity];
  const series = facts.series(run.curves);
  const values = series === null ? [] : finalValues(series, countNetworks(run.curves));
  return {
    columns: [
      { name: 'Network' },
      { name: `${facts.name} at the end`, unit: unitOf(state.quantity, run) },
      { name: 'Outcome' },
    ],
    rows: Array.from(values, (value, n) => [
      n,
      Number.isFinite(value) ? value : null,
      run.statistics.outcomeOf[n] ?? null,
    ]),
  };
}

const controls = (run: RunDisplay): FigureControl[] => [
  {
    key: 'quantity',
    name: 'Quantity',
    kind: 'choice',
    options: quantityOptions(run.curves, ['gradientNorm']),
  },
  {
    key: 'scale',
    name: 'Scale',
    kind: 'choice',
    options: [{ value: 'auto', text: 'as it suits' }, ...scaleOptions],
  },
];

export const outcomeDistribution: Figure<RunDisplay, OutcomeDistributionState> = {
  name: 'outcome-distribution',
  initial: { quantity: 'trainLoss', scale: 'auto', selected: null, guess: null },
  height: (width) => Math.round(Math.min(380, Math.max(330, width * 0.48))),
  draw: (container, data, state, environment) =>
    openStage({
      name: 'outcome-distribution',
      container,
      data,
      state,
      environment,
      describe,
      paint,
    }),
  describe,
  table,
  controls,
};
