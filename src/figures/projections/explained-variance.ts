// How much of the movement each principal component holds, beside what chance alone would show.
import { scaleBand, scaleLinear } from 'd3';
import type { RunDisplay } from '../../artifact/display.ts';
import type { Box } from '../kit/axes.ts';
import { defineFigure, type Layer } from '../kit/define-figure.ts';
import type { FigureTable } from '../kit/figure.ts';
import { formatPercent, formatShare } from '../kit/format.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import type { Group } from '../kit/stage.ts';
import { number, oneOf, orNull, truth, type StateOf } from '../kit/state-fields.ts';

const state = {
  /** Percent of the spread that the reader expects of the first two components. */
  guess: orNull(number(0)),
  revealed: truth(true),
  /** How far the story has come: the share alone, with what chance holds, or component by component as well. */
  show: oneOf(['share', 'null', 'components'], 'components'),
};
export type ExplainedVarianceState = StateOf<typeof state>;

interface ComponentShares {
  readonly shares: readonly number[];
  /** The same of untrained networks. */
  readonly chance: readonly number[];
}

interface Scene extends ComponentShares {
  readonly state: ExplainedVarianceState;
  readonly landscape: RunDisplay['landscape'];
  readonly width: number;
  readonly height: number;
}

const mostComponents = 8;

const firstTwo = (shares: readonly number[]): number => (shares[0] ?? 0) + (shares[1] ?? 0);

function view({ landscape }: RunDisplay): ComponentShares | string {
  if (landscape === null) return 'The components are computed once training has ended.';
  const { explainedVariance: shares, nullExplainedVariance: chance } = landscape;
  return shares.length > 0
    ? { shares, chance }
    : 'This plane is the weights themselves: nothing is projected, so all of the variance is shown.';
}

const layers: readonly Layer<Scene>[] = [
  {
    name: 'whole',
    inputs: ({ landscape, state: { guess, revealed, show } }) => [landscape, guess, revealed, show],
    draw: drawWhole,
  },
  {
    name: 'bars',
    inputs: ({ landscape, state: { revealed, show } }) => [landscape, revealed, show],
    draw: (group, { shares, chance, state, width, height }) => {
      const revealed = state.revealed && state.show === 'components';
      const box: Box = { left: 44, right: width - 10, top: wholeHeight + 44, bottom: height - 46 };
      drawComponents(group, box, { shares, chance, revealed });
    },
  },
];

/** Room of the bars of both components together. */
const wholeHeight = 112;

/** Both components together as a part of the whole: a bar that is mostly empty says more than a number. */
function drawWhole(
  group: Group,
  { shares, chance, state: { guess, revealed, show }, width }: Scene,
): void {
  const x = scaleLinear([0, 1], [3, width - 10]);
  writeText(group, {
    x: 2,
    y: 12,
    text: 'Share of all variance in the first two components',
    style: 'axis-name',
  });
  const rows = [
    { text: "the networks' paths", style: 'accent-mark', share: firstTwo(shares), top: 36 },
    { text: 'chance (untrained networks)', style: 'null-bar', share: firstTwo(chance), top: 72 },
  ].slice(0, chance.length > 0 ? 2 : 1);
  for (const { text, style, share, top } of rows) {
    rect(group, 'panel-edge', x(0), top, x(1) - x(0), 13);
    const isMain = style === 'accent-mark';
    const isShown = revealed && (isMain || show !== 'share');
    const words = isShown ? `${text}: ${formatShare(share)}` : `${text}: ?`;
    writeText(group, { x: x(0), y: top - 5, text: words, style: isMain ? 'strong' : 'muted' });
    if (isShown) rect(group, style, x(0), top, x(share) - x(0), 13);
  }
  writeText(group, { x: x(1), y: 103, text: 'all of it', anchor: 'end', style: 'muted small' });
  writeText(group, { x: x(0), y: 103, text: 'none', style: 'muted small' });
  if (guess === null) return;
  const share = Math.min(1, Math.max(0, guess / 100));
  const text = `your guess: ${formatPercent(share)}`;
  const half = textWidth(text) / 2;
  group
    .append('path')
    .attr('class', 'guess-mark')
    .attr('d', `M${x(share).toFixed(1)},32v60`);
  writeText(group, {
    x: Math.min(x(1) - half - 40, Math.max(half + 44, x(share))),
    y: 104,
    text,
    anchor: 'middle',
    style: 'guess-label',
  });
}

/** Component by component, each beside its null. */
function drawComponents(
  group: Group,
  box: Box,
  options: {
    readonly shares: readonly number[];
    readonly chance: readonly number[];
    readonly revealed: boolean;
  },
): void {
  const { shares, chance, revealed } = options;
  const count = Math.min(mostComponents, Math.max(shares.length, chance.length));
  const names = Array.from({ length: count }, (_, index) => String(index + 1));
  const x = scaleBand(names, [box.left, box.right]).paddingInner(0.28).paddingOuter(0.14);
  const y = scaleLinear([0, Math.max(...shares, ...chance)], [box.bottom, box.top]).nice();
  for (const value of y.ticks(4)) {
    const at = y(value).toFixed(1);
    const grid = group.append('g').attr('class', 'grid');
    grid.append('path').attr('d', `M${box.left},${at}H${box.right}`);
    if (revealed)
      writeText(group, {
        x: box.left - 6,
        y: y(value) + 4,
        text: formatPercent(value),
        anchor: 'end',
        style: 'muted small',
      });
  }
  const half = x.bandwidth() / 2;
  for (const [index, name] of names.entries()) {
    const left = x(name)!;
    const share = shares[index];
    const null_ = chance[index];
    if (revealed && share !== undefined) bar(left, share, index < 2 ? 'accent-mark' : 'muted-bar');
    if (revealed && null_ !== undefined) bar(left + half, null_, 'null-bar');
    // Only the two components that the map is made of carry numbers; the others are read off the axis.
    if (revealed && share !== undefined && index < 2)
      writeText(group, {
        x: left + half / 2,
        y: y(share) - 6,
        text: formatPercent(share),
        anchor: 'middle',
        style: 'strong small halo',
      });
    if (revealed && null_ !== undefined && index < 2 && half > 34)
      writeText(group, {
        x: left + 1.5 * half,
        y: y(null_) - 6,
        text: formatPercent(null_),
        anchor: 'middle',
        style: 'muted small halo',
      });
    writeText(group, {
      x: left + half,
      y: box.bottom + 16,
      text: name,
      anchor: 'middle',
      style: 'muted small',
    });
  }
  group
    .append('path')
    .attr('class', 'line ink')
    .attr('stroke-width', 1)
    .attr('d', `M${box.left},${box.bottom}H${box.right}`);
  writeText(group, {
    x: (box.left + box.right) / 2,
    y: box.bottom + 36,
    text: 'Principal component',
    anchor: 'middle',
    style: 'axis-name',
  });
  writeText(group, { x: 2, y: box.top - 14, text: 'Share of each', style: 'axis-name' });

  function bar(left: number, share: number, style: string): void {
    rect(group, style, left + 1, y(share), half - 2, Math.max(0.5, box.bottom - y(share)));
  }
}

function rect(
  group: Group,
  style: string,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  group
    .append('rect')
    .attr('class', style)
    .attr('x', x.toFixed(1))
    .attr('y', y.toFixed(1))
    .attr('width', width.toFixed(1))
    .attr('height', height.toFixed(1));
}

function describe(
  { shares, chance }: ComponentShares,
  { revealed, show }: ExplainedVarianceState,
): string {
  if (!revealed)
    return 'Share of variance of the leading principal components of the paths, not yet shown.';
  if (show === 'share')
    return `The first two principal components of the paths hold ${formatShare(firstTwo(shares))} of all variance; what chance holds is not yet shown.`;
  const listed = shares.slice(0, mostComponents).map(formatShare).join(', ');
  return (
    `Share of variance of the leading principal components of the paths: ${listed}. ` +
    `The first two hold ${formatShare(firstTwo(shares))}; ` +
    `of the untrained networks alone, where there is nothing to find, ${formatShare(firstTwo(chance))}.`
  );
}

const table = ({ shares, chance }: ComponentShares): FigureTable => ({
  columns: [
    { name: 'Component' },
    { name: 'Share of variance of the paths' },
    { name: 'The same of untrained networks' },
  ],
  rows: Array.from({ length: Math.max(shares.length, chance.length) }, (_, i) => [
    i + 1,
    shares[i] ?? null,
    chance[i] ?? null,
  ]),
});

export const explainedVariance = defineFigure({
  name: 'explained-variance',
  state,
  height: (width) => Math.round(Math.min(380, Math.max(320, width * 0.6))),
  view,
  scene: (found, { data, state: given, width, height }): Scene => ({
    ...found,
    state: given,
    landscape: data.landscape,
    width,
    height,
  }),
  layers,
  describe,
  table,
});
