// The layers of learning beside a random walk: a panel for each path, and below them the question or its answer.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { Layer } from '../kit/define-figure.ts';
import { formatPercent, formatShare } from '../kit/format.ts';
import { textWidth, writeText, writeWrapped } from '../kit/labels.ts';
import { drawKeys } from '../kit/legend.ts';
import { classColour } from '../kit/palette.ts';
import type { Group, Stage } from '../kit/stage.ts';
import { alike, fittedCosine, walkCoordinates } from './walk-closed-form.ts';
import {
  atFewPoints,
  pathOf,
  rowOf,
  walkStep,
  type WalkOrLearningState,
  type WalkView,
} from './walk-or-learning-data.ts';
import { drawWalkPanel } from './walk-panel.ts';
import { drawShares } from './walk-share-bars.ts';

export type WalkScene = ReturnType<typeof placeWalks>;

const colours = { learning: classColour(0), walk: classColour(1) } as const;

export function placeWalks(
  { result }: WalkView,
  { state, width, height }: Stage<StudyDisplay, WalkOrLearningState>,
) {
  const isNarrow = width < 480;
  const gap = isNarrow ? 12 : 26;
  const left = state.revealed ? (isNarrow ? 30 : 40) : 2;
  const panelWidth = (width - gap - 2 * left - 4) / 2;
  const top = 42;
  const bottom = top + Math.min(230, Math.max(130, 0.68 * panelWidth));
  return {
    result,
    state,
    row: rowOf(result, state.pair),
    width,
    height,
    isNarrow,
    panels: [0, 1].map((index) => {
      const from = left + index * (panelWidth + gap + left);
      return { left: from, right: from + panelWidth, top, bottom };
    }),
    /** Top of what lies below the panels. */
    below: bottom + 52,
  };
}

/** The random walk left, learning right, each with the curve of the closed form. */
function sidesOf({ result, row, isNarrow }: WalkScene) {
  const descent = pathOf(result.descent, row);
  const walk = pathOf(result.walk, row);
  const step = walkStep(result);
  return [
    {
      side: 'left',
      path: walk,
      curve: {
        xs: alike(walkCoordinates(result.points, 1, step), walk.xs),
        ys: alike(walkCoordinates(result.points, 2, step), walk.ys),
      },
      colour: colours.walk,
      title: isNarrow ? 'A random walk' : 'Chance: a random walk',
    },
    {
      side: 'right',
      path: descent,
      curve: { xs: fittedCosine(descent.xs, 1), ys: fittedCosine(descent.ys, 2) },
      colour: colours.learning,
      title: `Learning: network ${result.networks[row]}`,
    },
  ] as const;
}

function drawPanels(group: Group, scene: WalkScene): void {
  const { state, isNarrow, panels } = scene;
  const { revealed } = state;
  const name = (component: 1 | 2, shares: readonly number[]): string =>
    revealed
      ? `PC ${component}${isNarrow ? ':' : ','} ${formatPercent(shares[component - 1] ?? NaN)}${isNarrow ? '' : ' of variance'}`
      : `PC ${component}`;
  for (const [index, { side, path, curve, colour, title }] of sidesOf(scene).entries())
    drawWalkPanel(group, {
      box: panels[index]!,
      path: revealed ? path : atFewPoints(path),
      curve: revealed ? curve : null,
      equal: state.scale === 'equal',
      colour: revealed ? colour : 'currentColor',
      title: revealed ? title : index === 0 ? 'Left' : 'Right',
      xName: name(1, path.shares),
      yName: name(2, path.shares),
      ticks: revealed,
      guessed: revealed && state.guess === side,
    });
}

function drawBelow(group: Group, scene: WalkScene): void {
  if (scene.state.revealed) drawAnswer(group, scene);
  else drawQuestion(group, scene);
}

function drawQuestion(group: Group, { result, width, below }: WalkScene): void {
  writeText(group, {
    x: width / 2,
    y: below + 10,
    text: 'Which of the two is a network that learns?',
    anchor: 'middle',
    style: 'strong',
  });
  writeWrapped(group, {
    x: width / 2,
    y: below + 32,
    text: `Both have ${result.points} points in ${result.dimensions} dimensions, hollow where they begin, solid where they end. Each axis is stretched to fill its panel.`,
    anchor: 'middle',
    style: 'muted',
    width: Math.min(width - 20, 460),
  });
}

function drawAnswer(group: Group, { result, width, height, below }: WalkScene): void {
  const keys = [
    { mark: 'square', text: 'learning', colour: colours.learning },
    { mark: 'square', text: 'random walk', colour: colours.walk },
    { mark: 'reference', text: 'random walk, closed form' },
  ] as const;
  const rows = drawKeys(group, { x: 2, y: below + 4, width: width - 4, keys });
  const box = { left: 40, right: width - 4, top: below + 18 * rows + 30, bottom: height - 42 };
  drawShares(group, box, result, colours);
  const sentence = `A random plane: ${formatShare(result.randomPlane.value)} of a learning path`;
  if (textWidth(sentence) < 0.62 * (box.right - box.left))
    writeText(group, {
      x: box.right,
      y: box.top + 14,
      text: sentence,
      anchor: 'end',
      style: 'muted halo',
    });
}

export const walkLayers: readonly Layer<WalkScene>[] = [
  {
    name: 'panels',
    inputs: ({ result, row, state }) => [result, row, state.scale, state.guess, state.revealed],
    draw: drawPanels,
  },
  { name: 'shares', inputs: ({ result, state }) => [result, state.revealed], draw: drawBelow },
];
