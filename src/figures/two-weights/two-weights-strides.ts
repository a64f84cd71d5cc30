// What every step size does from one start on the two-weight landscape: bands of fates along the step size, with 2/lambda and a guess.
import { scaleLog } from 'd3';
import type { Figure, FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { logarithmicTicks } from '../kit/axes.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import { drawKeys } from '../kit/legend.ts';
import { openStage, type Group, type Picking, type Stage } from '../kit/stage.ts';

export type Fate =
  | 'settles'
  | 'settles elsewhere'
  | 'still going'
  | 'rests on the saddle'
  | 'never rests'
  | 'flies off';

export interface TwoWeightsStridesData {
  /** Rising; each stands for what lies around it. */
  readonly stepSizes: readonly number[];
  readonly fates: readonly Fate[];
  /** The step size that the walk on the map takes. */
  readonly stepSize: number;
  /** 2 / lambda of the minimum to which infinitely small steps would lead. */
  readonly criticalStepSize: number;
}

export interface TwoWeightsStridesState {
  /** A step size: the first, as a reader thought, from which the walker does not settle. */
  readonly guess: number | null;
}

/** Colours of outcomes, as in every figure; what lies between them has hues of its own. */
const fateColours: Readonly<Record<Fate, string>> = {
  settles: '#009e73',
  'settles elsewhere': '#56b4e9',
  'still going': '#7f7f7f',
  'rests on the saddle': '#f0e442',
  'never rests': '#e69f00',
  'flies off': '#cc79a7',
};

const bandTop = 24;
const bandBottom = 50;

interface Run {
  readonly fate: Fate;
  readonly from: number;
  readonly to: number;
}

/** Neighbours of one fate together; borders lie in the middle, by ratio, between two step sizes. */
function runsOf({ stepSizes, fates }: TwoWeightsStridesData): Run[] {
  const runs: Run[] = [];
  for (const [index, fate] of fates.entries()) {
    const own = stepSizes[index]!;
    const before = stepSizes[index - 1];
    const border = before === undefined ? own : Math.sqrt(before * own);
    const last = runs.at(-1);
    if (last?.fate === fate) {
      runs[runs.length - 1] = { ...last, to: own };
      continue;
    }
    if (last !== undefined) runs[runs.length - 1] = { ...last, to: border };
    runs.push({ fate, from: border, to: own });
  }
  return runs;
}

/** The widest of the gaps between neighbouring places. */
function widestOf(places: readonly number[]): readonly [number, number] {
  const gaps = places.slice(1).map((to, index): [number, number] => [places[index]!, to]);
  return gaps.reduce((best, gap) => (gap[1] - gap[0] > best[1] - best[0] ? gap : best));
}

function paint(stage: Stage<TwoWeightsStridesData, TwoWeightsStridesState>): Picking | null {
  const { data, state, width } = stage;
  const domain: [number, number] = [data.stepSizes[0]!, data.stepSizes.at(-1)!];
  const x = scaleLog(domain, [6, width - 6]).clamp(true);
  const critical = x(data.criticalStepSize);
  stage.layer('fates', [data.fates.join(), critical], (group) => {
    const runs = runsOf(data);
    const unnamed = new Set<Fate>(data.fates);
    for (const { fate, from, to } of runs) {
      const [left, right] = [x(from), x(to)];
      group
        .append('rect')
        .attr('class', 'fate')
        .attr('x', left.toFixed(1))
        .attr('y', bandTop)
        .attr('width', Math.max(0.5, right - left).toFixed(1))
        .attr('height', bandBottom - bandTop)
        .attr('fill', fateColours[fate]);
      // The name stands on the wider side of 2/lambda, whose line would cross it.
      const parts = critical > left && critical < right ? [left, critical, right] : [left, right];
      const [nameFrom, nameTo] = widestOf(parts);
      if (!unnamed.has(fate) || nameTo - nameFrom < textWidth(fate) + 10) continue;
      unnamed.delete(fate);
      writeText(group, {
        x: (nameFrom + nameTo) / 2,
        y: (bandTop + bandBottom) / 2 + 4,
        text: fate,
        anchor: 'middle',
        style: 'fate-name',
      });
    }
    drawKeys(group, {
      x: 2,
      y: 122,
      width: width - 4,
      keys: [...unnamed].map((fate) => ({ mark: 'square', text: fate, colour: fateColours[fate] })),
    });
  });
  stage.layer('critical', [data.criticalStepSize], (group) => {
    mark(group, {
      value: data.criticalStepSize,
      style: 'strides-critical',
      y: bandBottom + 34,
      text: `2/λ = ${formatNumber(data.criticalStepSize)}`,
      textStyle: 'strong small',
    });
  });
  stage.layer('guess', [state.guess], (group) => {
    if (state.guess === null) return;
    mark(group, {
      value: state.guess,
      style: 'guess-mark',
      y: bandBottom + 50,
      text: `your guess ${formatNumber(state.guess)}`,
      textStyle: 'guess-label small',
    });
  });
  // Over the lines of the marks, so that their numbers can be read.
  stage.layer('axis', [domain.join(' ')], (group) => {
    writeText(group, {
      x: 2,
      y: 13,
      text: 'Where each step size η leads from this start (log scale)',
      style: 'axis-name',
    });
    for (const tick of logarithmicTicks(domain, Math.floor(width / 60))) {
      const at = x(tick).toFixed(1);
      group.append('path').attr('class', 'hairline').attr('d', `M${at},${bandBottom}v5`);
      writeText(group, {
        x: inside(x(tick), textWidth(formatNumber(tick), 11) / 2),
        y: bandBottom + 17,
        text: formatNumber(tick),
        anchor: 'middle',
        style: 'muted small halo',
      });
    }
  });
  stage.layer('now', [data.stepSize], (group) => {
    const at = x(data.stepSize);
    group
      .append('path')
      .attr('class', 'accent-mark outlined')
      .attr('d', `M${at.toFixed(1)},${bandTop + 6}l-6,-9h12z`);
    group
      .append('path')
      .attr('class', 'line accent-line')
      .attr('stroke-width', 2)
      .attr('d', `M${at.toFixed(1)},${bandTop}V${bandBottom}`);
  });
  return null;

  /** Where the middle of a text may stand. */
  function inside(at: number, half: number): number {
    return Math.min(width - half - 2, Math.max(half + 2, at));
  }

  function mark(
    group: Group,
    options: { value: number; style: string; y: number; text: string; textStyle: string },
  ): void {
    const { value, style, y, text, textStyle } = options;
    const at = x(value);
    const half = textWidth(text, 12) / 2;
    const isBeyond = value > domain[1];
    if (!isBeyond)
      group
        .append('path')
        .attr('class', style)
        .attr('d', `M${at.toFixed(1)},${bandTop - 4}V${y - 11}`);
    writeText(group, {
      x: inside(at, half),
      y,
      text: isBeyond ? `${text} →` : text,
      anchor: 'middle',
      style: `${textStyle} halo`,
    });
  }
}

function describe(data: TwoWeightsStridesData, state: TwoWeightsStridesState): string {
  const runs = runsOf(data).map(
    ({ fate, from, to }) => `from ${formatNumber(from)} to ${formatNumber(to)} it ${fate}`,
  );
  return (
    `What becomes of the walker from this start, by step size: ${runs.join(', ')}. ` +
    `2/λ is ${formatNumber(data.criticalStepSize)}; the walk on the map takes ${formatNumber(data.stepSize)}.` +
    (state.guess === null ? '' : ` Your guess was ${formatNumber(state.guess)}.`)
  );
}

const table = (data: TwoWeightsStridesData): FigureTable => ({
  columns: [{ name: 'Step size' }, { name: 'Fate' }],
  rows: data.stepSizes.map((stepSize, index) => [stepSize, data.fates[index] ?? null]),
});

export const twoWeightsStrides: Figure<TwoWeightsStridesData, TwoWeightsStridesState> = {
  name: 'two-weights-strides',
  initial: { guess: null },
  height: () => 146,
  draw: (container, data, state, environment) =>
    openStage({
      name: 'two-weights-strides',
      container,
      data,
      state,
      environment,
      describe,
      paint,
    }),
  describe,
  table,
};
