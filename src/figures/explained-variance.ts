// How much of the movement each principal component holds, beside what chance alone would show.
import { scaleBand, scaleLinear } from 'd3';
import type { RunDisplay } from '../artifact/display.ts';
import type { Box } from './axes.ts';
import type { Figure } from './figure.ts';
import { formatPercent, formatShare } from './format.ts';
import { writeAbsence, writeText } from './labels.ts';
import { openStage, type Picking, type Stage } from './stage.ts';

/** The figure has one state only. */
export type ExplainedVarianceState = Readonly<Record<string, never>>;

const mostComponents = 8;

const firstTwo = (shares: readonly number[]): number => (shares[0] ?? 0) + (shares[1] ?? 0);

function paint(stage: Stage<RunDisplay, ExplainedVarianceState>): Picking | null {
  const { data, width, height } = stage;
  const { landscape } = data;
  const shares = landscape?.explainedVariance ?? [];
  const chance = landscape?.nullExplainedVariance ?? [];
  stage.layer('absence', [shares.length === 0], (group) => {
    if (shares.length === 0) writeAbsence(group, width, height, absence(data));
  });
  if (shares.length === 0) return null;

  stage.layer('bars', [landscape], (group) => {
    const box: Box = { left: 44, right: width - 10, top: 76, bottom: height - 46 };
    const count = Math.min(mostComponents, Math.max(shares.length, chance.length));
    const names = Array.from({ length: count }, (_, index) => String(index + 1));
    const x = scaleBand(names, [box.left, box.right]).paddingInner(0.28).paddingOuter(0.14);
    const y = scaleLinear([0, Math.max(...shares, ...chance)], [box.bottom, box.top]).nice();
    for (const value of y.ticks(4)) {
      const at = y(value).toFixed(1);
      const grid = group.append('g').attr('class', 'grid');
      grid.append('path').attr('d', `M${box.left},${at}H${box.right}`);
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
      if (share !== undefined) bar(left, share, index < 2 ? 'accent-mark' : 'muted-bar');
      if (null_ !== undefined) bar(left + half, null_, 'null-bar');
      // Only the two components that the map is made of carry numbers; the others are read off the axis.
      if (share !== undefined && index < 2)
        writeText(group, {
          x: left + half / 2,
          y: y(share) - 6,
          text: formatPercent(share),
          anchor: 'middle',
          style: 'strong small halo',
        });
      if (null_ !== undefined && index < 2 && half > 34)
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
    writeText(group, { x: 2, y: box.top - 14, text: 'Share of variance', style: 'axis-name' });
    keyRow(
      14,
      'accent-mark',
      `the networks' paths: the first two hold ${formatShare(firstTwo(shares))}`,
    );
    if (chance.length > 0)
      keyRow(34, 'null-bar', `chance (untrained networks): ${formatShare(firstTwo(chance))}`);

    function bar(left: number, share: number, style: string): void {
      group
        .append('rect')
        .attr('class', style)
        .attr('x', (left + 1).toFixed(1))
        .attr('y', y(share).toFixed(1))
        .attr('width', (half - 2).toFixed(1))
        .attr('height', Math.max(0.5, box.bottom - y(share)).toFixed(1));
    }
    function keyRow(at: number, style: string, text: string): void {
      group
        .append('rect')
        .attr('class', style)
        .attr('x', 3)
        .attr('y', at - 10)
        .attr('width', 12)
        .attr('height', 12);
      writeText(group, { x: 22, y: at, text, style: style === 'accent-mark' ? 'strong' : 'muted' });
    }
  });
  return null;
}

const absence = ({ landscape }: RunDisplay): string =>
  landscape === null
    ? 'The components are computed once training has ended.'
    : 'This plane is the weights themselves: nothing is projected, so all of the variance is shown.';

function describe(data: RunDisplay): string {
  const { landscape } = data;
  if (landscape === null || landscape.explainedVariance.length === 0) return absence(data);
  const { explainedVariance, nullExplainedVariance } = landscape;
  const listed = explainedVariance.slice(0, mostComponents).map(formatShare).join(', ');
  return (
    `Share of variance of the leading principal components of the paths: ${listed}. ` +
    `The first two hold ${formatShare(firstTwo(explainedVariance))}; ` +
    `of the untrained networks alone, where there is nothing to find, ${formatShare(firstTwo(nullExplainedVariance))}.`
  );
}

export const explainedVariance: Figure<RunDisplay, ExplainedVarianceState> = {
  name: 'explained-variance',
  initial: {},
  height: (width) => Math.round(Math.min(320, Math.max(260, width * 0.5))),
  draw: (container, data, state, environment) =>
    openStage({ name: 'explained-variance', container, data, state, environment, describe, paint }),
  describe,
};
