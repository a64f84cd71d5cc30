// The largest Hessian eigenvalue along training, against the 2/η of each step size, with the loss of the same networks below.
import { scaleLinear, scaleLog } from 'd3';
import type { StudyDisplay } from '../../artifact/load-study.ts';
import { drawAxes, logarithmicTicks, type Box } from '../kit/axes.ts';
import { recordsUpTo, valueAtRecord } from '../kit/condition-series.ts';
import type { Figure } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { textWidth, writeAbsence } from '../kit/labels.ts';
import { drawKeys, type Key } from '../kit/legend.ts';
import { linePath, type Point } from '../kit/path.ts';
import {
  controlsOfSharpness,
  describeSharpness,
  tableOfSharpness,
} from './sharpness-along-words.ts';
import {
  crossingOf,
  risesOf,
  sharpnessConditions,
  type SharpnessCondition,
  type SharpnessAlongState,
} from './sharpness-path.ts';
import { drawGuess, drawPickedNetwork, drawThresholds } from './sharpness-marks.ts';
import { openStage, type Picking, type Stage } from '../kit/stage.ts';
import { betweenMoments } from '../kit/between-moments.ts';

type Reading = 'sharpness' | 'loss';

/** Limits of the values, with some room; the loss is drawn from the second snapshot on, since its first fall dwarfs the rest. */
function domainOf(values: readonly number[], logarithmic: boolean): [number, number] {
  const finite = values.filter((value) => Number.isFinite(value) && (!logarithmic || value > 0));
  if (finite.length === 0) return logarithmic ? [0.1, 1] : [0, 1];
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  if (logarithmic) return [low / 1.05, high * 1.05];
  const room = 0.06 * (high - low || high || 1);
  return [Math.max(0, low - room), high + room];
}

function paint(stage: Stage<StudyDisplay, SharpnessAlongState>): Picking | null {
  const { data, state, width, height } = stage;
  const all = sharpnessConditions(data);
  const absence = 'This study did not measure the sharpness along training.';
  stage.layer('absence', [all.length === 0], (group) => {
    if (all.length === 0) writeAbsence(group, width, height, absence);
  });
  if (all.length === 0) return null;

  const focused = all.filter(({ key }) => key === state.focus);
  const shown = focused.length > 0 ? focused : all;
  const { epochs, networks } = shown[0]!;
  const last = epochs.length - 1;
  const until = Math.min(state.until ?? last, last);
  const logarithmic = state.scale === 'log';
  const isWide = width >= 520;
  const gutter = isWide ? 132 : 84;
  const [left, right] = [48, width - gutter];
  const lossHeight = Math.round((height - 150) * 0.4);
  const lossBox: Box = { left, right, top: height - 66 - lossHeight, bottom: height - 66 };
  const box: Box = { left, right, top: 30, bottom: lossBox.top - 34 };
  const x = scaleLinear([0, epochs[last] ?? 1], [left, right]);
  const marks = all.flatMap(({ threshold }) => (threshold === null ? [] : [threshold]));
  const guesses = state.guess === null ? [] : [state.guess];
  const sharpDomain = domainOf(
    [...all.flatMap(({ sharpness }) => [...sharpness]), ...marks, ...guesses],
    false,
  );
  const lossDomain = domainOf(
    all.flatMap(({ loss, networks: own }) => [...loss.subarray(own.length)]),
    logarithmic,
  );
  const y = scaleLinear(sharpDomain, [box.bottom, box.top]);
  const yLoss = (logarithmic ? scaleLog : scaleLinear)(lossDomain, [lossBox.bottom, lossBox.top]);

  const view = [data, state.scale, state.guess];
  stage.layer('axes', view, (group) => {
    const loss =
      data.study.conditions[0]?.experiment.loss === 'cross-entropy' ? 'nats' : 'mean squared error';
    const xTicks = x.ticks(Math.max(3, Math.floor((right - left) / 70)));
    drawAxes(group, {
      box,
      x,
      y,
      xTicks,
      yTicks: y.ticks(5),
      xFormat: () => '',
      yFormat: formatNumber,
      xName: '',
      yName: isWide
        ? 'Sharpness: largest eigenvalue of the Hessian (loss per squared distance)'
        : 'Sharpness (largest Hessian eigenvalue)',
    });
    drawAxes(group, {
      box: lossBox,
      x,
      y: yLoss,
      xTicks,
      yTicks: logarithmic ? logarithmicTicks(lossDomain, 4) : yLoss.ticks(3),
      xFormat: formatNumber,
      yFormat: formatNumber,
      xName: isWide
        ? 'Epoch (one step each: every step sees all training points)'
        : 'Epoch (one step each)',
      yName: `Training loss (${isWide ? `${loss}, from epoch ${formatNumber(epochs[1] ?? 0)} on` : loss}${logarithmic ? '; log scale' : ''})`,
    });
  });

  const records = recordsUpTo(until);
  const scales = { sharpness: y, loss: yLoss };
  const pointsOf = (condition: SharpnessCondition, reading: Reading, m: number): Point[] =>
    records.flatMap((record): Point[] => {
      if (reading === 'loss' && record < 1) return [];
      const value = valueAtRecord(condition[reading], record, condition.networks.length, m);
      return [[x(valueAtRecord(condition.epochs, record)), scales[reading](value)]];
    });
  const place = networks.indexOf(state.selected ?? -1);
  const picked = place < 0 ? null : place;

  // Of one step size and one network, what happens above and below at the same time.
  stage.layer('moments', [...view, until, state.focus, picked], (group) => {
    const [only] = shown;
    if (picked === null || shown.length > 1 || only === undefined) return;
    const bands = risesOf(only, picked)
      .filter((s) => s <= until)
      .map((s) => {
        const [from, to] = [x(only.epochs[s - 1]!), x(only.epochs[s]!)];
        return `M${from.toFixed(1)},${box.top}H${to.toFixed(1)}V${lossBox.bottom}H${from.toFixed(1)}z`;
      });
    group.append('path').attr('class', 'moments').attr('d', bands.join(''));
  });

  stage.layer('thresholds', [...view, state.thresholds, state.focus], (group) => {
    if (!state.thresholds) return;
    drawThresholds(group, { conditions: shown, box, y, gap: isWide ? 32 : 30 });
  });

  stage.layer('all', [...view, until, state.focus, picked], (group) => {
    for (const condition of shown) {
      const lines = (reading: Reading): string =>
        condition.networks
          .flatMap((_, m) => (m === picked ? [] : [linePath(pointsOf(condition, reading, m))]))
          .join('');
      for (const reading of ['sharpness', 'loss'] as const)
        group
          .append('path')
          .attr('class', `line ${reading}`)
          .attr('stroke', condition.colour)
          .attr('stroke-width', 1.1)
          .attr('opacity', picked === null ? 0.75 : 0.32)
          .attr('d', lines(reading));
    }
  });

  stage.layer('picked', [...view, until, state.focus, state.thresholds, picked], (group) => {
    if (picked === null) return;
    for (const condition of shown) {
      const crossing = crossingOf(condition, picked);
      const hasCrossed = state.thresholds && crossing !== null && crossing <= until;
      drawPickedNetwork(group, {
        colour: condition.colour,
        sharpness: pointsOf(condition, 'sharpness', picked),
        loss: pointsOf(condition, 'loss', picked),
        rises: risesOf(condition, picked).filter((s) => s <= until),
        crossing: hasCrossed ? crossing : null,
      });
    }
  });

  stage.layer('guess', [...view], (group) => {
    if (state.guess === null) return;
    drawGuess(group, { guess: state.guess, box, y });
  });

  stage.layer('keys', [...view, state.focus, state.thresholds, picked], (group) => {
    // With their thresholds, the conditions are named at the ends of those lines.
    const named = state.thresholds ? [] : shown;
    const keys: Key[] = named.map(({ short, colour }) => ({ mark: 'line', text: short, colour }));
    if (picked !== null) {
      keys.push({
        mark: 'line',
        text: isWide ? `loss rose (network ${networks[picked]!})` : 'loss rose',
      });
      if (state.thresholds) keys.push({ mark: 'ring', text: 'crosses 2/η' });
    }
    const total = keys.reduce((sum, { text }) => sum + 34 + textWidth(text), 0);
    drawKeys(group, { x: total > width - left ? 4 : left, y: height - 8, width: width - 8, keys });
  });

  return {
    count: networks.length,
    columns: 1,
    selected: picked === null ? null : networks[picked]!,
    nearest(px, py) {
      if (px < left - 8 || px > right + 8) return null;
      const record = records.reduce((a, b) =>
        Math.abs(x(epochs[Math.round(b)] ?? 0) - px) < Math.abs(x(epochs[Math.round(a)] ?? 0) - px)
          ? b
          : a,
      );
      let [best, distance]: [number | null, number] = [null, 20];
      for (const condition of shown)
        for (const reading of ['sharpness', 'loss'] as const)
          for (const [m, network] of condition.networks.entries()) {
            const value = valueAtRecord(condition[reading], record, condition.networks.length, m);
            const away = Math.abs(scales[reading](value) - py);
            if (away < distance) [best, distance] = [network, away];
          }
      return best;
    },
    say: (network) =>
      shown
        .map((condition) => {
          const m = condition.networks.indexOf(network);
          const value = valueAtRecord(condition.sharpness, until, condition.networks.length, m);
          return `network ${network}, ${condition.short}: sharpness ${formatNumber(value)}`;
        })
        .join('; '),
  };
}

export const sharpnessAlong: Figure<StudyDisplay, SharpnessAlongState> = {
  name: 'sharpness-along',
  initial: {
    until: null,
    scale: 'linear',
    focus: null,
    thresholds: true,
    selected: null,
    guess: null,
  },
  height: (width) => Math.round(Math.min(500, Math.max(370, width * 0.72))),
  draw: (container, data, state, environment) =>
    openStage({
      name: 'sharpness-along',
      container,
      data,
      state,
      environment,
      describe: describeSharpness,
      paint,
      between(from, to, t) {
        const last = (sharpnessConditions(data)[0]?.epochs.length ?? 1) - 1;
        return betweenMoments(from, to, t, last);
      },
    }),
  describe: describeSharpness,
  table: tableOfSharpness,
  controls: controlsOfSharpness,
};
