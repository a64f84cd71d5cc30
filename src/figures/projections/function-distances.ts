// Do networks that lie apart answer differently? Every pair by likeness of weights and share of different answers, beside snapshots of one run.
import { max, mean, min, scaleLinear } from 'd3';
import type { StudyDisplay } from '../../artifact/load-study.ts';
import { drawAxes, type Box } from '../kit/axes.ts';
import type { Figure } from '../kit/figure.ts';
import { formatNumber, formatPercent } from '../kit/format.ts';
import {
  binned,
  readFunctions,
  type FunctionView,
  type Marked,
  type Pair,
} from './function-data.ts';
import {
  absence,
  controls,
  describe,
  table,
  words,
  type FunctionDistancesState,
} from './function-words.ts';
import { textWidth, writeAbsence, writeText } from '../kit/labels.ts';
import { classColour, networkColour } from '../kit/palette.ts';
import { dotsPath, type Point } from '../kit/path.ts';
import { openStage, type Group, type Picking, type Stage } from '../kit/stage.ts';

const runColour = classColour(5);
const pairColour = classColour(0);
const grid = 7;

const cosineOf = (pair: Pair, aligned: 'raw' | 'aligned'): number =>
  aligned === 'raw' ? pair.cosine : pair.alignedCosine;

function domainsOf(view: FunctionView): { x: [number, number]; y: [number, number] } {
  const cosines = view.pairs.flatMap(({ cosine, alignedCosine }) => [cosine, alignedCosine]);
  const highest = max([
    ...view.pairs.map(({ disagreement }) => disagreement),
    ...[view.raw, view.withinRun].flatMap(({ disagreement: { value, interval } }) => [
      value,
      interval[1],
    ]),
  ]);
  return { x: [Math.min(0, min(cosines) ?? 0) - 0.05, 1.04], y: [0, (highest || 0.01) * 1.12] };
}

function paint(stage: Stage<StudyDisplay, FunctionDistancesState>): Picking | null {
  const { data, state, width } = stage;
  const view = readFunctions(data);
  stage.layer('absence', [view === null], (group) => {
    if (view === null) writeAbsence(group, width, stage.height, absence);
  });
  if (view === null) return null;
  const selected = state.selected ?? null;
  const hasPairs = view.pairs.length > 0;
  const aligned = view.aligned === null ? 'raw' : state.aligned;
  const runs = view.aligned === null || aligned === 'raw' ? view.raw : view.aligned;
  const domain = domainsOf(view);
  const box: Box = { left: 50, right: width - 16, top: 34, bottom: stage.height - 72 };
  const x = scaleLinear(domain.x, [box.left, box.right]);
  const y = scaleLinear(domain.y, [box.bottom - 6, box.top]);
  const place = (pair: Pair): Point => [x(cosineOf(pair, aligned)), y(pair.disagreement)];
  const own = view.pairs.filter(({ networks }) => networks.includes(selected ?? -1));

  stage.layer('axes', [data], (group) => {
    drawAxes(group, {
      box,
      x,
      y,
      xTicks: x.ticks(width < 460 ? 4 : 7),
      yTicks: y.ticks(5),
      xFormat: formatNumber,
      yFormat: formatPercent,
      xName: `Cosine of the weights${width < 460 ? '' : ' (1: same direction, 0: at right angles)'}`,
      yName: `Different answers (share of ${view.part === null ? 'samples' : `the ${view.part} part`})`,
    });
  });
  stage.layer('pairs', [data, aligned, selected !== null], (group) => {
    const largest = 7;
    const bins = binned(view.pairs.map(place), grid);
    const most = max(bins, ({ count }) => count) ?? 1;
    // Area says how many; a few sizes, one path each.
    const sizes = new Map<number, Point[]>();
    for (const bin of bins) {
      const radius = Math.max(1.5, Math.round(2 * largest * Math.sqrt(bin.count / most)) / 2);
      sizes.set(radius, [...(sizes.get(radius) ?? []), [bin.x, bin.y]]);
    }
    for (const [radius, points] of sizes)
      group
        .append('path')
        .attr('class', 'dots pairs')
        .attr('stroke', pairColour)
        .attr('stroke-width', 2 * radius)
        .attr('opacity', selected === null ? 0.75 : 0.25)
        .attr('d', dotsPath(points));
  });
  stage.layer('selected', [data, aligned, selected], (group) => {
    if (selected === null || own.length === 0) return;
    group
      .append('path')
      .attr('class', 'dots')
      .attr('stroke', networkColour(selected))
      .attr('stroke-width', 6)
      .attr('opacity', 0.85)
      .attr('d', dotsPath(own.map(place)));
  });
  stage.layer('means', [data, aligned, selected], (group) => {
    drawMean(group, runs, pairColour, 'circle');
    drawMean(group, view.withinRun, runColour, 'square');
    drawName(group, view.withinRun, 'snapshots of one run', []);
    const text =
      selected === null || own.length === 0
        ? `two runs${hasPairs ? `, ${words[aligned]}` : ''}`
        : `network ${selected}: ${formatPercent(mean(own, ({ disagreement }) => disagreement)!)} on average`;
    // Beside the pairs near the mean's height, which are the ones in the way.
    const near = view.pairs.filter(
      (pair) => Math.abs(y(pair.disagreement) - y(runs.disagreement.value)) < 14,
    );
    drawName(
      group,
      runs,
      text,
      near.map((pair) => cosineOf(pair, aligned)),
    );
  });
  stage.layer('keys', [data], (group) => drawKeyRow(group));

  function drawMean(
    group: Group,
    { cosine, disagreement }: Marked,
    colour: string,
    shape: 'circle' | 'square',
  ): void {
    const [cx, cy] = [x(cosine.value), y(disagreement.value)];
    const ends = [...cosine.interval, ...disagreement.interval];
    if (ends.every(Number.isFinite)) {
      const [left, right] = cosine.interval.map((end) => x(end).toFixed(1));
      const [low, high] = disagreement.interval.map((end) => y(end).toFixed(1));
      const path = `M${left},${cy.toFixed(1)}H${right}M${cx.toFixed(1)},${low}V${high}`;
      group.append('path').attr('class', 'casing').attr('stroke-width', 5).attr('d', path);
      group
        .append('path')
        .attr('class', 'line whiskers')
        .attr('stroke', colour)
        .attr('stroke-width', 2)
        .attr('d', path);
    }
    const [left, top] = [(cx - 5).toFixed(1), (cy - 5).toFixed(1)];
    group
      .append('path')
      .attr('class', `outlined mean-${shape}`)
      .attr('fill', colour)
      .attr('stroke-width', 1.5)
      .attr(
        'd',
        shape === 'circle'
          ? `M${left},${cy.toFixed(1)}a5,5 0 1 0 10,0a5,5 0 1 0 -10,0z`
          : `M${left},${top}h10v10h-10z`,
      );
  }

  /** Clear of the cloud that the mark is the mean of; to its left where the right has no room. */
  function drawName(
    group: Group,
    { cosine, disagreement }: Marked,
    text: string,
    cloud: readonly number[],
  ): void {
    const ends = [cosine.value, ...cosine.interval, ...cloud].filter(Number.isFinite).map(x);
    const [left, right] = [Math.min(...ends) - 12, Math.max(...ends) + 12];
    const room = textWidth(text);
    const fits = right + room < box.right ? 'right' : left - room > box.left ? 'left' : 'neither';
    writeText(group, {
      x: { right, left, neither: box.right - 2 }[fits],
      y: y(disagreement.value) + (fits === 'neither' ? -14 : 4),
      text,
      anchor: fits === 'right' ? 'start' : 'end',
      style: 'strong halo',
    });
  }

  function drawKeyRow(group: Group): void {
    const py = stage.height - 16;
    let next = 12;
    if (hasPairs) {
      group
        .append('path')
        .attr('class', 'dots')
        .attr('stroke', pairColour)
        .attr('stroke-width', 8)
        .attr('opacity', 0.5)
        .attr('d', `M18,${py - 4}h0`);
      const text =
        width < 460
          ? 'pairs, more if larger'
          : `pairs of networks (${formatNumber(view!.pairs.length)}), more where larger`;
      writeText(group, { x: 28, y: py, text, style: 'muted' });
      next = 28 + textWidth(text) + 18;
    }
    const path = `M${next},${py - 4}h16M${next + 8},${py - 10}v12`;
    group.append('path').attr('class', 'line ink').attr('stroke-width', 1.5).attr('d', path);
    writeText(group, { x: next + 22, y: py, text: 'mean, 95% interval', style: 'muted' });
  }

  if (!hasPairs) return null;
  return {
    count: view.networks.at(-1)! + 1,
    columns: 1,
    selected,
    nearest: (px, py) => {
      let [best, distance] = [null as number | null, 12];
      for (const pair of view.pairs) {
        const [cx, cy] = place(pair);
        const away = Math.hypot(cx - px, cy - py);
        if (away < distance) [best, distance] = [pair.networks[0], away];
      }
      return best;
    },
    say: (network) => {
      const pairs = view.pairs.filter(({ networks }) => networks.includes(network));
      return `network ${network}: answers differently from the others on ${formatPercent(mean(pairs, ({ disagreement }) => disagreement) ?? NaN)} of samples on average, mean cosine ${formatNumber(mean(pairs, (pair) => cosineOf(pair, aligned)) ?? NaN)}`;
    },
  };
}

export const functionDistances: Figure<StudyDisplay, FunctionDistancesState> = {
  name: 'function-distances',
  initial: { aligned: 'raw' },
  height: (width) => Math.round(Math.min(380, Math.max(310, width * 0.55))),
  draw: (container, data, state, environment) =>
    openStage({ name: 'function-distances', container, data, state, environment, describe, paint }),
  describe,
  table,
  controls,
};
