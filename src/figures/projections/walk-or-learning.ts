// Two paths on their own principal components: one network learns, one walk goes nowhere. The reader guesses which.
import type { StudyDisplay } from '../../artifact/load-study.ts';
import type { TrajectoryResult } from '../../landscape/analyses/trajectories.ts';
import type { Figure } from '../kit/figure.ts';
import { formatPercent, formatShare } from '../kit/format.ts';
import { textWidth, writeAbsence, writeText, writeWrapped } from '../kit/labels.ts';
import { drawKeys } from '../kit/legend.ts';
import { classColour } from '../kit/palette.ts';
import { openStage, type Picking, type Stage } from '../kit/stage.ts';
import { alike, fittedCosine, walkCoordinates } from './walk-closed-form.ts';
import {
  pathOf,
  sharesOf,
  trajectoriesOf,
  trajectoryOf,
  walkStep,
} from './walk-or-learning-data.ts';
import { drawWalkPanel } from './walk-panel.ts';
import { drawShares, firstTwoInWords, shownComponents } from './walk-shares.ts';

export interface WalkOrLearningState {
  /** Which way of training: a condition of the study. */
  readonly condition: string;
  /** Which of the paths and walks, from 0. */
  readonly pair: number;
  /** Whether both axes share one scale; else each is stretched to fill its panel, as papers do. */
  readonly scale: 'stretched' | 'equal';
  /** The panel that the reader takes for learning. */
  readonly guess: 'left' | 'right' | null;
  readonly revealed: boolean;
}

const colours = { learning: classColour(0), walk: classColour(1) } as const;
const absence = 'This study has no trajectories to draw.';

/** The row of the paths that the state asks for, within what there is. */
const rowOf = ({ networks }: TrajectoryResult, pair: number): number =>
  Math.min(networks.length - 1, Math.max(0, Math.round(pair)));

function paint(stage: Stage<StudyDisplay, WalkOrLearningState>): Picking | null {
  const { data, state, width, height } = stage;
  const trajectories = trajectoriesOf(data);
  const result = trajectories && trajectoryOf(trajectories, state.condition);
  stage.layer('absence', [!result], (group) => {
    if (!result) writeAbsence(group, width, height, absence);
  });
  if (!result) return null;

  const { revealed } = state;
  const row = rowOf(result, state.pair);
  const isNarrow = width < 480;
  const gap = isNarrow ? 12 : 26;
  const left = revealed ? (isNarrow ? 30 : 40) : 2;
  const panelWidth = (width - gap - 2 * left - 4) / 2;
  const panelTop = 42;
  const panelBottom = panelTop + Math.min(230, Math.max(130, 0.68 * panelWidth));
  const inputs = [result, row, state.scale, state.guess, revealed];

  stage.layer('panels', inputs, (group) => {
    const descent = pathOf(result.descent, row);
    const walk = pathOf(result.walk, row);
    const curve = {
      xs: alike(walkCoordinates(result.points, 1, walkStep(result)), walk.xs),
      ys: alike(walkCoordinates(result.points, 2, walkStep(result)), walk.ys),
    };
    const stretched = { xs: fittedCosine(descent.xs, 1), ys: fittedCosine(descent.ys, 2) };
    const name = (component: 1 | 2, shares: readonly number[]): string =>
      revealed
        ? `PC ${component}${isNarrow ? ':' : ','} ${formatPercent(shares[component - 1] ?? NaN)}${isNarrow ? '' : ' of variance'}`
        : `PC ${component}`;
    const sides = [
      {
        side: 'left',
        path: walk,
        curve,
        colour: colours.walk,
        title: isNarrow ? 'A random walk' : 'Chance: a random walk',
      },
      {
        side: 'right',
        path: descent,
        curve: stretched,
        colour: colours.learning,
        title: `Learning: network ${result.networks[row]}`,
      },
    ] as const;
    for (const [index, each] of sides.entries()) {
      const from = left + index * (panelWidth + gap + left);
      drawWalkPanel(group, {
        box: { left: from, right: from + panelWidth, top: panelTop, bottom: panelBottom },
        path: each.path,
        curve: revealed ? each.curve : null,
        equal: state.scale === 'equal',
        colour: revealed ? each.colour : 'currentColor',
        title: revealed ? each.title : index === 0 ? 'Left' : 'Right',
        xName: name(1, each.path.shares),
        yName: name(2, each.path.shares),
        ticks: revealed,
        guessed: revealed && state.guess === each.side,
      });
    }
  });
  stage.layer('shares', [result, revealed], (group) => {
    const top = panelBottom + 52;
    if (!revealed) {
      writeText(group, {
        x: width / 2,
        y: top + 10,
        text: 'Which of the two is a network that learns?',
        anchor: 'middle',
        style: 'strong',
      });
      writeWrapped(group, {
        x: width / 2,
        y: top + 32,
        text: `Both have ${result.points} points in ${result.dimensions} dimensions, hollow where they begin, solid where they end. Each axis is stretched to fill its panel.`,
        anchor: 'middle',
        style: 'muted',
        width: Math.min(width - 20, 460),
      });
      return;
    }
    const keys = [
      { mark: 'square', text: 'learning', colour: colours.learning },
      { mark: 'square', text: 'random walk', colour: colours.walk },
      { mark: 'reference', text: 'random walk, closed form' },
    ] as const;
    const rows = drawKeys(group, { x: 2, y: top + 4, width: width - 4, keys });
    const box = { left: 40, right: width - 4, top: top + 18 * rows + 30, bottom: height - 42 };
    drawShares(group, box, result, colours);
    const sentence = `A plane of random course: ${formatShare(result.randomPlane.value)} of a learning path`;
    if (textWidth(sentence) < 0.62 * (box.right - box.left))
      writeText(group, {
        x: box.right,
        y: box.top + 14,
        text: sentence,
        anchor: 'end',
        style: 'muted halo',
      });
  });
  return null;
}

function describe(data: StudyDisplay, state: WalkOrLearningState): string {
  const trajectories = trajectoriesOf(data);
  const result = trajectories && trajectoryOf(trajectories, state.condition);
  if (!result) return absence;
  const row = rowOf(result, state.pair);
  if (!state.revealed)
    return (
      `Two paths of ${result.points} points, each on its own first two principal components, stretched to fill its panel. ` +
      'One is a network that learns, one a walk that goes nowhere; both bend once, like a bow. Which is which is not said yet.'
    );
  const guess =
    state.guess === null
      ? ''
      : ` You took the ${state.guess} one for learning, which is ${state.guess === 'right' ? 'right' : 'wrong'}.`;
  const [first, second] = result.walk.limit;
  return (
    `Left, a random walk; right, network ${result.networks[row]} while it learns: two bows of one shape.${guess} ` +
    `Two components hold ${firstTwoInWords(result.descent.firstTwo)} of a learning path, ` +
    `${firstTwoInWords(result.walk.firstTwo)} of a random walk, ` +
    `${formatShare((first ?? 0) + (second ?? 0))} by the closed form; ` +
    `a plane of random course holds ${formatShare(result.randomPlane.value)} of a learning path.`
  );
}

export const walkOrLearning: Figure<StudyDisplay, WalkOrLearningState> = {
  name: 'walk-or-learning',
  initial: { condition: 'adam', pair: 1, scale: 'stretched', guess: null, revealed: false },
  height: (width) => Math.round(Math.min(530, 42 + 0.34 * width + (width < 480 ? 262 : 278))),
  draw: (container, data, state, environment) =>
    openStage({ name: 'walk-or-learning', container, data, state, environment, describe, paint }),
  describe,
  table(data, state) {
    const trajectories = trajectoriesOf(data);
    const result = trajectories && trajectoryOf(trajectories, state.condition);
    const columns = [
      { name: 'principal component' },
      { name: 'learning, mean', unit: 'share of variance' },
      { name: 'random walk, mean', unit: 'share of variance' },
      { name: 'random walk, closed form', unit: 'share of variance' },
    ];
    // What the reader is asked to guess is no reading from a table.
    if (!result || !state.revealed) return { columns, rows: [] };
    const [learning, walk] = [sharesOf(result.descent), sharesOf(result.walk)];
    return {
      columns,
      rows: Array.from({ length: shownComponents }, (_, k) => [
        k + 1,
        learning[k]?.mean ?? null,
        walk[k]?.mean ?? null,
        result.walk.limit[k] ?? null,
      ]),
    };
  },
  controls(data) {
    const trajectories = trajectoriesOf(data) ?? {};
    const keys = Object.keys(trajectories);
    const pairs = Object.values(trajectories)[0]?.networks ?? [];
    return [
      {
        key: 'condition',
        name: 'Trained by',
        kind: 'choice',
        options: keys.map((value) => ({
          value,
          text: data.study.conditions.find(({ key }) => key === value)?.title ?? value,
        })),
      },
      {
        key: 'pair',
        name: 'Network and walk',
        kind: 'range',
        options: pairs.map((network, value) => ({ value, text: String(network) })),
      },
      {
        key: 'scale',
        name: 'Axes',
        kind: 'choice',
        options: [
          { value: 'stretched', text: 'stretched to fill' },
          { value: 'equal', text: 'one scale for both' },
        ],
      },
    ];
  },
  fidelity(data, state) {
    const trajectories = trajectoriesOf(data);
    const result = trajectories && trajectoryOf(trajectories, state.condition);
    if (!result || !state.revealed) return [];
    const [first = 0, second = 0] = result.walk.limit;
    return [
      `Each path lies on its own first two principal components: ${firstTwoInWords(result.descent.firstTwo)} of the variance of learning, mean of ${result.networks.length} networks.`,
      `The null, a random walk of as many steps: ${firstTwoInWords(result.walk.firstTwo)}, and ${formatShare(first + second)} by the closed form.`,
      `Paths are drawn through every one of ${result.points} snapshots; computed on ${data.provider}.`,
    ];
  },
};
