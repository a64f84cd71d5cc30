// What every step size does from one start on the two-weight landscape: bands of fates along the step size, with 2/lambda and a guess.
import { scaleLog } from 'd3';
import { defineFigure, guessLayer, type Layer } from '../kit/define-figure.ts';
import type { FigureTable } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { logarithmicTicks } from '../kit/axes.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import { drawKeys } from '../kit/legend.ts';
import { drawPath } from '../kit/shapes.ts';
import { number, orNull, type StateOf } from '../kit/state-fields.ts';
import type { Group, Stage } from '../kit/stage.ts';

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

const state = {
  /** A step size: the first, as a reader thought, from which the walker does not settle. */
  guess: orNull(number(0)),
};
export type TwoWeightsStridesState = StateOf<typeof state>;

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

type StridesScene = ReturnType<typeof placeStrides>;

function placeStrides(
  data: TwoWeightsStridesData,
  stage: Stage<TwoWeightsStridesData, TwoWeightsStridesState>,
) {
  const domain: [number, number] = [data.stepSizes[0]!, data.stepSizes.at(-1)!];
  const { width } = stage;
  return {
    ...data,
    width,
    guess: stage.state.guess,
    domain,
    x: scaleLog(domain, [6, width - 6]).clamp(true),
  };
}

function drawFates(group: Group, scene: StridesScene): void {
  const { x, width } = scene;
  const critical = x(scene.criticalStepSize);
  const unnamed = new Set<Fate>(scene.fates);
  for (const { fate, from, to } of runsOf(scene)) {
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
}

/** Where the middle of a text may stand. */
const inside = ({ width }: StridesScene, at: number, half: number): number =>
  Math.min(width - half - 2, Math.max(half + 2, at));

/** A line down from a step size to its words; beyond the axis the words alone, with an arrow. */
function drawMark(
  group: Group,
  scene: StridesScene,
  options: { value: number; style: string; y: number; text: string; textStyle: string },
): void {
  const { value, style, y, text, textStyle } = options;
  const at = scene.x(value);
  const isBeyond = value > scene.domain[1];
  if (!isBeyond) drawPath(group, style, `M${at.toFixed(1)},${bandTop - 4}V${y - 11}`);
  writeText(group, {
    x: inside(scene, at, textWidth(text, 12) / 2),
    y,
    text: isBeyond ? `${text} →` : text,
    anchor: 'middle',
    style: `${textStyle} halo`,
  });
}

function drawCritical(group: Group, scene: StridesScene): void {
  drawMark(group, scene, {
    value: scene.criticalStepSize,
    style: 'strides-critical',
    y: bandBottom + 34,
    text: `2/λ = ${formatNumber(scene.criticalStepSize)}`,
    textStyle: 'strong small',
  });
}

function drawGuess(group: Group, scene: StridesScene, guess: number): void {
  drawMark(group, scene, {
    value: guess,
    style: 'guess-mark',
    y: bandBottom + 50,
    text: `your guess ${formatNumber(guess)}`,
    textStyle: 'guess-label small',
  });
}

function drawStepAxis(group: Group, scene: StridesScene): void {
  const { domain, width, x } = scene;
  writeText(group, {
    x: 2,
    y: 13,
    text: 'Where each step size η leads from this start (log scale)',
    style: 'axis-name',
  });
  for (const tick of logarithmicTicks(domain, Math.floor(width / 60))) {
    drawPath(group, 'hairline', `M${x(tick).toFixed(1)},${bandBottom}v5`);
    const text = formatNumber(tick);
    writeText(group, {
      x: inside(scene, x(tick), textWidth(text, 11) / 2),
      y: bandBottom + 17,
      text,
      anchor: 'middle',
      style: 'muted small halo',
    });
  }
}

/** The step size that the walk on the map takes. */
function drawChosen(group: Group, { x, stepSize }: StridesScene): void {
  const at = x(stepSize).toFixed(1);
  drawPath(group, 'accent-mark outlined', `M${at},${bandTop + 6}l-6,-9h12z`);
  drawPath(group, 'line accent-line', `M${at},${bandTop}V${bandBottom}`, { width: 2 });
}

const layers: readonly Layer<StridesScene>[] = [
  {
    name: 'fates',
    inputs: ({ fates, x, criticalStepSize }) => [fates.join(), x(criticalStepSize)],
    draw: drawFates,
  },
  { name: 'critical', inputs: ({ criticalStepSize }) => [criticalStepSize], draw: drawCritical },
  guessLayer(() => [], drawGuess),
  // Over the lines of the marks, so that their numbers can be read.
  { name: 'axis', inputs: ({ domain }) => [domain.join(' ')], draw: drawStepAxis },
  { name: 'now', inputs: ({ stepSize }) => [stepSize], draw: drawChosen },
];

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

export const twoWeightsStrides = defineFigure({
  name: 'two-weights-strides',
  state,
  height: () => 146,
  view: (data: TwoWeightsStridesData) => data,
  scene: placeStrides,
  layers,
  describe,
  table,
});
