// The loss on the way from one network to another: straight across, and along the curves that go round.
import { max, mean, min, scaleLinear, scaleLog } from 'd3';
import type { StudyDisplay } from '../../artifact/load-study.ts';
import { drawAxes, logarithmicTicks, type Box } from '../kit/axes.ts';
import {
  absence,
  readWays,
  waysShown,
  type ConnectingCurvesState,
  type Way,
  type Ways,
} from './connecting-data.ts';
import { controls, describe, table } from './connecting-words.ts';
import type { Figure } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { spread, textWidth, writeAbsence, writeText } from '../kit/labels.ts';
import { drawEnd } from '../kit/marks.ts';
import { networkColour } from '../kit/palette.ts';
import { linePath, simplify, type Point } from '../kit/path.ts';
import { openStage, type Group, type Picking, type Stage } from '../kit/stage.ts';

/** What a classifier loses that gives every class the same probability. */
const coinLoss = (classes: number): number => Math.log(classes);

function domainOf(ways: Ways, state: ConnectingCurvesState): [number, number] {
  const values = [...ways.all.flatMap(({ loss }) => [...loss]), coinLoss(ways.classes)]
    .concat(state.guess ?? [])
    .filter((value) => value > 0 && Number.isFinite(value));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return state.scale === 'log' ? [low / 1.3, high * 1.3] : [0, high * 1.05];
}

function paint(stage: Stage<StudyDisplay, ConnectingCurvesState>): Picking | null {
  const { data, state, width } = stage;
  const ways = readWays(data);
  stage.layer('absence', [ways === null], (group) => {
    if (ways === null) writeAbsence(group, width, stage.height, absence);
  });
  if (ways === null) return null;
  const { at, pairs } = ways;
  const shown = waysShown(ways, state);
  const pair = pairs.findIndex((ends) => ends.includes(state.selected ?? -1));
  const isNarrow = width < 480;
  const names = ways.all.flatMap((way) => [textWidth(way.name), textWidth(barrierText(way), 11)]);
  const box: Box = {
    left: 48,
    right: width - (isNarrow ? 14 : Math.max(...names) + 46),
    top: 34,
    bottom: stage.height - (isNarrow ? 78 : 56),
  };
  const domain = domainOf(ways, state);
  const y =
    state.scale === 'log'
      ? scaleLog(domain, [box.bottom, box.top]).clamp(true)
      : scaleLinear(domain, [box.bottom, box.top]).clamp(true);
  const x = scaleLinear([0, 1], [box.left + 8, box.right - 8]);
  const view = [data, state.scale, state.guess];

  const endNames =
    pair >= 0 ? pairs[pair]!.map((network) => `network ${network}`) : ['one end', 'other end'];

  stage.layer('axes', [...view, pair], (group) => {
    drawAxes(group, {
      box,
      x,
      y,
      xTicks: [0, 0.25, 0.5, 0.75, 1],
      yTicks:
        state.scale === 'log'
          ? logarithmicTicks(domain, Math.floor((box.bottom - box.top) / 34))
          : scaleLinear(domain, [0, 1]).ticks(6),
      xFormat: (value) => (value === 0 || value === 1 ? endNames[value]! : String(value)),
      yFormat: formatNumber,
      xName: 'Share of the way',
      yName: `Training loss (nats${state.scale === 'log' ? '; log scale' : ''})`,
    });
    const coin = y(coinLoss(ways.classes));
    group
      .append('path')
      .attr('class', 'reference')
      .attr('d', `M${box.left},${coin.toFixed(1)}H${box.right}`);
  });
  // Faint lines in the HTML may be coarser: they are a page's weight, and are drawn anew when the picture comes alive.
  const bend = stage.environment.interactive ? 0.5 : 1.2;
  stage.layer('all', [...view, state.ways, pair], (group) => {
    for (const way of shown) {
      const lines = pairs.map((_, c) => linePath(simplify(pointsOf(way, c), bend)));
      group
        .append('path')
        .attr('class', 'line faint')
        .attr('stroke', way.colour)
        .attr('stroke-width', 1)
        .attr('opacity', pair >= 0 ? 0.12 : 0.34)
        .attr('d', lines.join(''));
    }
  });
  stage.layer('strong', [...view, state.ways, pair], (group) => {
    for (const way of shown) {
      const path = linePath(simplify(strongPoints(way), 0.3));
      group.append('path').attr('class', 'casing').attr('stroke-width', 5).attr('d', path);
      group
        .append('path')
        .attr('class', `line strong-line ${way.shape}`)
        .attr('stroke', way.colour)
        .attr('stroke-width', 2.75)
        .attr('stroke-dasharray', way.dash)
        .attr('d', path);
    }
  });
  stage.layer('ends', [...view, pair], (group) => {
    const straight = ways.all[0]!;
    const last = at.length - 1;
    const drawn = pair >= 0 ? [pair] : pairs.map((_, c) => c);
    for (const c of drawn)
      for (const [side, t] of [0, last].entries()) {
        const value = straight.loss[c * at.length + t]!;
        drawEnd(
          group,
          [x(at[t]!), y(value)],
          networkColour(pairs[c]![side as 0 | 1]),
          pair >= 0 ? 6 : 3.5,
        )
          .attr('class', 'outlined')
          .attr('stroke-width', 1);
      }
  });
  stage.layer('names', [...view, state.ways, pair], (group) => {
    // Above the lines, whose paper-coloured edge would be cut by them.
    writeText(group, {
      x: box.left + 6,
      y: y(coinLoss(ways.classes)) - 6,
      text: `knowing nothing: ${formatNumber(coinLoss(ways.classes))}`,
      style: 'muted small halo',
    });
    if (isNarrow) drawKeyRow(group);
    else drawSideNames(group);
  });
  stage.layer('guess', [...view], (group) => {
    if (state.guess === null) return;
    const [cx, cy] = [x(0.5), y(state.guess)];
    group
      .append('path')
      .attr('class', 'guess-mark')
      .attr('d', `M${x(0.35).toFixed(1)},${cy.toFixed(1)}H${x(0.65).toFixed(1)}`);
    writeText(group, {
      x: cx,
      // Below its line where its words would run into others.
      y: cy < box.top + 26 || Math.abs(cy - y(coinLoss(ways.classes))) < 20 ? cy + 18 : cy - 8,
      text: `your guess: ${formatNumber(state.guess)}`,
      anchor: 'middle',
      style: 'guess-label halo',
    });
  });

  function pointsOf(way: Way, c: number): Point[] {
    return at.map((t, k): Point => [x(t), y(way.loss[c * at.length + k]!)]);
  }

  /** The picked pair, or the mean of all. */
  function strongPoints(way: Way): Point[] {
    if (pair >= 0) return pointsOf(way, pair);
    return at.map((t, k): Point => [
      x(t),
      y(mean(pairs, (_, c) => way.loss[c * at.length + k]!) ?? NaN),
    ]);
  }

  function rise(way: Way): string {
    return formatNumber(pair >= 0 ? way.barrier[pair]! : way.mean);
  }

  function barrierText(way: Way): string {
    return `${pair >= 0 ? '' : 'mean '}barrier ${rise(way)}`;
  }

  /** Beside the right end, the straight line's at its top, since all ways end in the same place. */
  function drawSideNames(group: Group): void {
    if (shown.length === 0) return;
    const tops = shown.map((way) => min(strongPoints(way), ([, py]) => py) ?? box.bottom);
    const places = spread(tops, 38, box.top + 8, box.bottom - 22);
    for (const [k, way] of shown.entries()) {
      const py = places[k]!;
      group
        .append('path')
        .attr('class', 'line')
        .attr('stroke', way.colour)
        .attr('stroke-width', 2.75)
        .attr('stroke-dasharray', way.dash)
        .attr('d', `M${box.right + 6},${py.toFixed(1)}h20`);
      writeText(group, { x: box.right + 32, y: py + 4, text: way.name, style: 'strong' });
      writeText(group, {
        x: box.right + 32,
        y: py + 18,
        text: barrierText(way),
        style: 'muted',
      });
    }
  }

  function drawKeyRow(group: Group): void {
    const column = Math.min(150, (width - 20) / ways!.all.length);
    const py = stage.height - 24;
    for (const [k, way] of shown.entries()) {
      const left = 10 + k * column;
      group
        .append('path')
        .attr('class', 'line')
        .attr('stroke', way.colour)
        .attr('stroke-width', 2.75)
        .attr('stroke-dasharray', way.dash)
        .attr('d', `M${left.toFixed(1)},${py - 4}h14`);
      writeText(group, { x: left + 18, y: py, text: way.name, style: 'strong small' });
      const text = `${pair < 0 && column > 120 ? 'mean ' : ''}barrier ${rise(way)}`;
      writeText(group, { x: left, y: py + 16, text, style: 'muted small' });
    }
  }

  return {
    count: (max(pairs.flat()) ?? 0) + 1,
    columns: 2,
    selected: state.selected,
    nearest: (px, py) => {
      let [best, distance] = [null as number | null, 10];
      const k = Math.round(x.invert(px) * (at.length - 1));
      if (k < 0 || k >= at.length) return null;
      for (const way of shown)
        for (const [c, ends] of pairs.entries()) {
          const away = Math.abs(y(way.loss[c * at.length + k]!) - py);
          if (away < distance) [best, distance] = [ends[k < at.length / 2 ? 0 : 1], away];
        }
      return best;
    },
    say: (network) => {
      const c = pairs.findIndex((ends) => ends.includes(network));
      if (c < 0) return `network ${network}`;
      return `networks ${pairs[c]!.join(' and ')}: barrier ${shown.map((way) => `${way.name} ${formatNumber(way.barrier[c]!)}`).join(', ')}`;
    },
  };
}

export const connectingCurves: Figure<StudyDisplay, ConnectingCurvesState> = {
  name: 'connecting-curves',
  initial: { ways: 'all', scale: 'linear', selected: null, guess: null, revealed: false },
  height: (width) => Math.round(Math.min(440, Math.max(330, width * 0.66))),
  draw: (container, data, state, environment) =>
    openStage({ name: 'connecting-curves', container, data, state, environment, describe, paint }),
  describe,
  table,
  controls,
};
