// Barriers against width, as trained and aligned, with every network's own mean faint behind the mean of all.
import { scaleLog } from 'd3';
import type { StudyDisplay } from '../../artifact/load-study.ts';
import { drawAxes, logarithmicTicks, type Box } from '../kit/axes.ts';
import { alignmentTexts } from './barrier-data.ts';
import type { Figure } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { spread, textWidth, writeAbsence, writeText } from '../kit/labels.ts';
import { drawKeys } from '../kit/legend.ts';
import { classColour, networkColour } from '../kit/palette.ts';
import { dotsPath, linePath, type Point } from '../kit/path.ts';
import { openStage, type Group, type Picking, type Stage } from '../kit/stage.ts';
import {
  absence,
  lines,
  rowsOf,
  type WidthBarriersState,
  type WidthRow,
} from './width-barriers-data.ts';
import { controls, describe, table } from './width-barriers-words.ts';

// Colour, dash and mark: three cues, the first two for those who do not see colours.
const colours = { raw: classColour(1), weights: classColour(0) } as const;

function domainOf(rows: readonly WidthRow[], guess: number | null): [number, number] {
  const values = rows
    .flatMap(({ raw, weights }) => [raw, weights])
    .flatMap(({ mean, interval, each }) => [mean, ...interval, ...each])
    .concat(guess ?? [])
    .filter((value) => Number.isFinite(value) && value > 0);
  if (values.length === 0) return [0.1, 1];
  return [Math.min(...values) / 3, Math.max(...values) * 1.6];
}

function paint(stage: Stage<StudyDisplay, WidthBarriersState>): Picking | null {
  const { data, state, width } = stage;
  const rows = rowsOf(data);
  const last = rows.at(-1);
  stage.layer('absence', [last === undefined], (group) => {
    if (last === undefined) writeAbsence(group, width, stage.height, absence);
  });
  if (last === undefined) return null;

  const shown = state.shown === 'raw' ? (['raw'] as const) : lines;
  const box: Box = { left: 52, right: width - 20, top: 34, bottom: stage.height - 70 };
  const domain = domainOf(rows, state.guess);
  const y = scaleLog(domain, [box.bottom, box.top]).clamp(true);
  const first = rows[0]!.units;
  const x = scaleLog([first / 1.25, last.units * 1.25], [box.left, box.right]);
  const at = ({ units }: WidthRow, value: number): Point => [x(units), y(value)];
  const picked = rows.find(({ units }) => units === state.width);

  stage.layer('axes', [data, state.guess], (group) => {
    drawAxes(group, {
      box,
      x,
      y,
      xTicks: rows.map(({ units }) => units),
      yTicks: logarithmicTicks(domain, Math.floor((box.bottom - box.top) / 40)),
      xFormat: formatNumber,
      yFormat: formatNumber,
      xName: 'Units in the hidden layer (log scale)',
      yName: 'Mean barrier between two networks (nats; log scale)',
    });
  });
  stage.layer('networks', [data, state.guess, state.shown], (group) => {
    // One path a network: its dots are many, and alike.
    const dots = new Map<number, Point[]>();
    for (const name of shown)
      for (const row of rows)
        for (const [k, value] of row[name].each.entries()) {
          if (!(value > 0)) continue;
          const [cx, cy] = at(row, value);
          const network = row.networks[k]!;
          const own = dots.get(network) ?? [];
          own.push([cx + offset(k, row.networks.length), cy]);
          dots.set(network, own);
        }
    for (const [network, points] of dots)
      group
        .append('path')
        .attr('class', 'dots')
        .attr('stroke', networkColour(network))
        .attr('stroke-width', 4)
        .attr('opacity', 0.55)
        .attr('d', dotsPath(points));
  });
  stage.layer('lines', [data, state.guess, state.shown], (group) => {
    for (const name of shown) drawLine(group, name);
  });
  stage.layer('selected', [data, state.guess, state.shown, state.selected], (group) => {
    if (state.selected === null) return;
    for (const name of shown) {
      const points = rows.flatMap((row): Point[] => {
        const k = row.networks.indexOf(state.selected!);
        const value = row[name].each[k];
        if (value === undefined || value <= 0) return [];
        const [cx, cy] = at(row, value);
        return [[cx + offset(k, row.networks.length), cy]];
      });
      group
        .append('path')
        .attr('class', 'line')
        .attr('stroke', networkColour(state.selected))
        .attr('stroke-width', 1.5)
        .attr('d', linePath(points));
    }
  });
  stage.layer('picked', [data, state.guess, state.width, state.shown], (group) => {
    if (picked) drawPicked(group, picked);
    else drawNames(group);
  });
  stage.layer('guess', [data, state.guess], (group) => {
    if (state.guess === null) return;
    const [cx, cy] = at(last, state.guess);
    group
      .append('path')
      .attr('class', 'guess-mark')
      .attr('d', `M${(cx - 40).toFixed(1)},${cy.toFixed(1)}h52`);
    writeText(group, {
      x: cx - 48,
      y: cy + 4,
      text: `your guess: ${formatNumber(state.guess)}`,
      anchor: 'end',
      style: 'guess-label halo',
    });
  });
  stage.layer('keys', [data], (group) => {
    drawKeys(group, {
      x: 12,
      y: stage.height - 10,
      width: width - 20,
      keys: [
        { mark: 'dot', text: width < 420 ? 'one network' : 'one network, mean over its pairs' },
        {
          mark: 'line',
          text: width < 420 ? 'all pairs, 95% interval' : 'all pairs, with 95% interval',
        },
      ],
    });
  });

  function drawLine(group: Group, name: 'raw' | 'weights'): void {
    const colour = colours[name];
    group
      .append('path')
      .attr('class', `line ${name}`)
      .attr('stroke', colour)
      .attr('stroke-width', 2.25)
      .attr('stroke-dasharray', name === 'raw' ? '6 4' : null)
      .attr('d', linePath(rows.map((row) => at(row, row[name].mean))));
    const whiskers = rows
      .filter((row) => row[name].interval.every((end) => end > 0))
      .map((row) => {
        const [low, high] = row[name].interval.map((end) => y(end).toFixed(1));
        const cx = x(row.units);
        return `M${cx.toFixed(1)},${low}V${high}M${(cx - 4).toFixed(1)},${low}h8M${(cx - 4).toFixed(1)},${high}h8`;
      });
    group
      .append('path')
      .attr('class', 'line whiskers')
      .attr('stroke', colour)
      .attr('stroke-width', 1.5)
      .attr('d', whiskers.join(''));
    for (const row of rows) {
      const [cx, cy] = at(row, row[name].mean);
      if (name === 'raw')
        group
          .append('rect')
          .attr('x', (cx - 3.5).toFixed(1))
          .attr('y', (cy - 3.5).toFixed(1))
          .attr('width', 7)
          .attr('height', 7)
          .attr('fill', colour);
      else
        group
          .append('circle')
          .attr('cx', cx.toFixed(1))
          .attr('cy', cy.toFixed(1))
          .attr('r', 4)
          .attr('fill', colour);
    }
  }

  /** Names beside the lines, where they leave each other room. */
  function drawNames(group: Group): void {
    const middle = rows[Math.floor((rows.length - 1) / 2)]!;
    for (const name of shown) {
      const isAbove = name === 'raw';
      const [cx, cy] = at(middle, middle[name].mean);
      writeText(group, {
        x: cx + (isAbove ? 12 : -12),
        y: cy + (isAbove ? -12 : 20),
        // The full name would run over the axis on a phone.
        text: isAbove || width > 460 ? alignmentTexts[name] : 'aligned',
        anchor: isAbove ? 'start' : 'end',
        style: 'strong halo',
      });
    }
  }

  function drawPicked(group: Group, row: WidthRow): void {
    const cx = x(row.units);
    group
      .append('path')
      .attr('class', 'reference')
      .attr('d', `M${cx.toFixed(1)},${box.top}V${box.bottom}`);
    // The lines fall: there is room above them to the right of a width, and below them to its left.
    const texts = shown.map((name) => [
      `${alignmentTexts[name]}: ${formatNumber(row[name].mean)}`,
      `95% interval ${row[name].interval.map(formatNumber).join(' to ')}`,
    ]);
    const isLeft = cx + 14 + Math.max(...texts.flat().map((text) => textWidth(text))) > width;
    const labels = spread(
      shown.map((name) => y(row[name].mean) + (isLeft ? 20 : -26)),
      34,
      box.top + 12,
      box.bottom - 20,
    );
    for (const [k, own] of texts.entries())
      for (const [line, text] of own.entries())
        writeText(group, {
          x: isLeft ? cx - 10 : cx + 10,
          y: labels[k]! + line * 15,
          text,
          anchor: isLeft ? 'end' : 'start',
          style: line === 0 ? 'strong halo' : 'muted halo',
        });
    const isHigh = row.raw.mean > 0.3 * domain[1];
    writeText(group, {
      x: isLeft ? cx - 10 : cx + 10,
      y: isHigh ? box.bottom - 8 : box.top + 10,
      text: `${formatNumber(row.units)} units`,
      anchor: isLeft ? 'end' : 'start',
      style: 'strong halo',
    });
  }

  const networks = Math.max(...rows.flatMap((row) => row.networks)) + 1;
  return {
    count: networks,
    columns: 1,
    selected: state.selected,
    nearest: (px, py) => {
      let [best, distance] = [null as number | null, 14];
      for (const row of rows)
        for (const name of shown)
          for (const [k, value] of row[name].each.entries()) {
            const [cx, cy] = at(row, value);
            const away = Math.hypot(cx + offset(k, row.networks.length) - px, cy - py);
            if (away < distance) [best, distance] = [row.networks[k]!, away];
          }
      return best;
    },
    say: (network) => {
      const row = picked ?? last;
      const k = row.networks.indexOf(network);
      return k < 0
        ? `network ${network}`
        : `network ${network}, ${row.units} units: mean barrier ${lines.map((name) => `${alignmentTexts[name]} ${formatNumber(row[name].each[k]!)}`).join(', ')}`;
    },
  };
}

/** Dots of one width stand beside each other, so that equal ones are seen. */
const offset = (k: number, count: number): number => (k - (count - 1) / 2) * 2.2;

export const widthBarriers: Figure<StudyDisplay, WidthBarriersState> = {
  name: 'width-barriers',
  initial: { width: null, shown: 'both', selected: null, guess: null, revealed: false },
  height: (width) => Math.round(Math.min(460, Math.max(340, width * 0.72))),
  draw: (container, data, state, environment) =>
    openStage({ name: 'width-barriers', container, data, state, environment, describe, paint }),
  describe,
  table,
  controls,
};
