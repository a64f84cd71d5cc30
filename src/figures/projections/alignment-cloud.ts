// The cloud of trained networks before and after their hidden units are put in a common order: how far it shrinks, and what a plane shows of it.
import { scaleLinear } from 'd3';
import type { StudyDisplay } from '../../artifact/load-study.ts';
import { drawShareBars } from './alignment-shares.ts';
import { absence, viewOf, words, type AlignmentCloudState, type Cloud } from './alignment-view.ts';
import { controls, describe, fidelity, table } from './alignment-words.ts';
import { drawAxes, type Box } from '../kit/axes.ts';
import type { Figure } from '../kit/figure.ts';
import { formatNumber, formatShare } from '../kit/format.ts';
import { textWidth, writeAbsence, writeText, writeWrapped } from '../kit/labels.ts';
import { drawEnd } from '../kit/marks.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import { networkColour } from '../kit/palette.ts';
import type { Point } from '../kit/path.ts';
import { openStage, type Picking, type Stage } from '../kit/stage.ts';

const mix = (from: number, to: number, t: number): number => from + t * (to - from);

const isBeside = (width: number): boolean => width >= 540;
const sideOf = (width: number): number =>
  isBeside(width) ? Math.min(430, width * 0.62 - 50) : Math.min(400, width - 62);
const heightOf = (width: number): number =>
  Math.round(sideOf(width) + 34 + 48 + (isBeside(width) ? 0 : 160));

function paint(stage: Stage<StudyDisplay, AlignmentCloudState>): Picking | null {
  const { data, state, width } = stage;
  const view = viewOf(data);
  stage.layer('absence', [view === null], (group) => {
    if (view === null) writeAbsence(group, width, stage.height, absence);
  });
  if (view === null) return null;
  const { networks, clouds } = view;
  const { passing, aligned } = state;
  const to = clouds[aligned];
  const from = clouds[passing?.from ?? aligned];
  const t = passing?.t ?? 1;
  const other = clouds[aligned === 'raw' ? 'aligned' : 'raw'];

  const side = sideOf(width);
  const box: Box = { left: 48, right: 48 + side, top: 30, bottom: 30 + side };
  // One scale for both clouds, or the collapse would be drawn away.
  const reach =
    1.06 *
    Math.max(
      ...Object.values(clouds).flatMap(({ radius, points }) => [
        radius,
        ...points.flat().map(Math.abs),
      ]),
    );
  const x = scaleLinear([-reach, reach], [box.left, box.right]);
  const y = scaleLinear([-reach, reach], [box.bottom, box.top]);
  const places = to.points.map(([px, py], k): Point => {
    const [fx, fy] = from.points[k]!;
    return [x(mix(fx, px, t)), y(mix(fy, py, t))];
  });
  const index = state.selected === null ? -1 : networks.indexOf(state.selected);
  const pixels = (distance: number): number => x(distance) - x(0);
  const radius = mix(from.radius, to.radius, t);

  stage.layer('axes', [data, aligned], (group) => {
    const ticks = x.ticks(5);
    const name = (axis: 0 | 1): string =>
      `component ${axis + 1} (weight distance; ${formatShare(to.shares[axis])} of variance)`;
    const fits = textWidth(name(0)) < side;
    drawAxes(group, {
      box,
      x,
      y,
      xTicks: ticks,
      yTicks: ticks,
      xFormat: formatNumber,
      yFormat: formatNumber,
      xName: fits ? name(0) : `component 1 (${formatShare(to.shares[0])} of variance)`,
      yName: fits ? name(1) : `component 2 (${formatShare(to.shares[1])} of variance)`,
    });
  });
  stage.layer('ring', [data, aligned, passing?.from, passing?.t], (group) => {
    const circle = (distance: number, style: string) =>
      group
        .append('circle')
        .attr('class', style)
        .attr('cx', x(0).toFixed(1))
        .attr('cy', y(0).toFixed(1))
        .attr('r', pixels(distance).toFixed(1));
    circle(other.radius, 'reference before');
    circle(radius, 'line ring accent-line').attr('stroke-width', 1.75);
  });
  stage.layer('dots', [data, aligned, passing?.from, passing?.t, index >= 0], (group) => {
    group.attr('opacity', index >= 0 ? 0.55 : 1);
    for (const [k, at] of places.entries())
      drawEnd(group, at, networkColour(networks[k]!), 4.5)
        .attr('class', 'outlined')
        .attr('stroke-width', 0.75);
  });
  stage.layer('selected', [data, aligned, passing?.from, passing?.t, index], (group) => {
    if (index < 0) return;
    const at = places[index]!;
    drawEnd(group, at, networkColour(networks[index]!), 6.5)
      .attr('class', 'outlined')
      .attr('stroke-width', 1.5);
    const text = `network ${networks[index]}`;
    const half = textWidth(text) / 2;
    writeText(group, {
      x: Math.min(box.right - half, Math.max(box.left + half + 2, at[0])),
      y: at[1] - 12,
      text,
      anchor: 'middle',
      style: 'strong halo',
    });
  });
  stage.layer('ring-names', [data, aligned], (group) => {
    const label = (cloud: Cloud, text: string, style: string): void => {
      const up = pixels(cloud.radius) * Math.SQRT1_2;
      const isWide = pixels(cloud.radius) > 0.6 * (side / 2);
      writeText(group, {
        x: isWide ? box.right - 2 : x(0) + up + 6,
        y: isWide ? box.bottom - 8 : y(0) + up + 10,
        text,
        anchor: isWide ? 'end' : 'start',
        style: `${style} halo`,
      });
    };
    // Two wide rings have one corner each.
    const isCrowded = Object.values(clouds).every(
      (cloud) => pixels(cloud.radius) > 0.6 * (side / 2),
    );
    label(to, `${words[aligned]}: ${formatNumber(to.radius)}`, 'accent');
    const otherText = `${words[aligned === 'raw' ? 'aligned' : 'raw']}: ${formatNumber(other.radius)}`;
    if (isCrowded)
      writeText(group, {
        x: box.left + 6,
        y: box.bottom - 8,
        text: otherText,
        style: 'muted halo',
      });
    else label(other, otherText, 'muted');
  });
  const panel = isBeside(width)
    ? { x: box.right + 28, y: box.top + 6, width: width - box.right - 34 }
    : { x: 12, y: box.bottom + 58, width: width - 24 };
  stage.layer('panel', [data, aligned], (group) => {
    const lines = writeWrapped(group, {
      x: panel.x,
      y: panel.y + 6,
      text: `Rings: typical distance of a network from the middle, in all ${formatNumber(view.parameters)} directions.`,
      style: 'muted',
      width: panel.width,
    });
    drawShareBars(group, {
      x: panel.x,
      y: panel.y + 6 + lines * 16 + (isBeside(width) ? 22 : 8),
      width: panel.width,
      chance: view.chance,
      bars: (['raw', 'aligned'] as const).map((name) => ({
        name: words[name],
        share: clouds[name].shares[0] + clouds[name].shares[1],
        isShown: name === aligned,
      })),
    });
  });

  return {
    count: networks.at(-1)! + 1,
    columns: 1,
    selected: state.selected,
    nearest: (px, py) =>
      nearestNetwork(
        places.map((at, k) => [networks[k]!, at] as const),
        [px, py],
        24,
      ),
    say: (network) => {
      const k = networks.indexOf(network);
      if (k < 0) return `network ${network}`;
      const [px, py] = to.points[k]!;
      return `network ${network}: ${formatNumber(Math.hypot(px, py))} from the middle on the plane, ${words[aligned]}`;
    },
  };
}

export const alignmentCloud: Figure<StudyDisplay, AlignmentCloudState> = {
  name: 'alignment-cloud',
  initial: { aligned: 'raw', selected: null },
  height: heightOf,
  draw: (container, data, state, environment) =>
    openStage({
      name: 'alignment-cloud',
      container,
      data,
      state,
      environment,
      describe,
      paint,
      between: (from, to, t) =>
        from.aligned === to.aligned ? null : { ...to, passing: { from: from.aligned, t } },
    }),
  describe,
  table,
  controls,
  fidelity,
};
