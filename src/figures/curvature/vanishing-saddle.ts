// A saddle of many dimensions on the plane that shows it, and on random planes, most of which do not.
import type { StudyDisplay } from '../../artifact/display.ts';
import { defineFigure, type Layer } from '../kit/define-figure.ts';
import { formatNumber } from '../kit/format.ts';
import { writeText, writeWrapped } from '../kit/labels.ts';
import { drawBox } from '../kit/shapes.ts';
import type { Group, Stage } from '../kit/stage.ts';
import { drawChance } from './vanishing-chance-bar.ts';
import { drawLineCurvature } from './vanishing-line-curvature.ts';
import { drawQuadratic } from './vanishing-plane-panel.ts';
import {
  countShowing,
  planesShown,
  saddleOf,
  vanishingSaddleState,
  type Saddle,
  type VanishingSaddleState,
} from './vanishing-saddle-data.ts';
import {
  controlsOfSaddle,
  describeSaddle,
  fidelityOfSaddle,
  tableOfSaddle,
} from './vanishing-saddle-words.ts';

type SaddleScene = ReturnType<typeof placeSaddle>;

const top = 40;
const gapOf = (width: number): number => (width < 480 ? 14 : 28);

function placeSaddle(saddle: Saddle, { state, width }: Stage<StudyDisplay, VanishingSaddleState>) {
  const gap = gapOf(width);
  const size = Math.floor(Math.min(270, (width - gap - 4) / 2));
  const left = Math.max(2, (width - 2 * size - gap) / 2);
  /** Left end of the nine random planes. */
  const second = left + size + gap;
  return {
    saddle,
    state,
    width,
    isNarrow: width < 480,
    size,
    left,
    second,
    /** What lies below the planes. */
    below: { left: left + 4, right: second + size - 4, top: top + size + 46 },
  };
}

/** Over a panel a strong line and a muted one. */
function writeHeading(group: Group, x: number, title: string, note: string): void {
  writeText(group, { x, y: 14, text: title, style: 'strong' });
  writeText(group, { x, y: 31, text: note, style: 'muted small' });
}

function drawSteepest(group: Group, { saddle, isNarrow, left, size }: SaddleScene): void {
  const { steepest } = saddle;
  writeHeading(
    group,
    left,
    isNarrow ? 'The plane to look at' : 'The plane one should look at',
    isNarrow ? 'steepest up, steepest down' : 'steepest way up, steepest way down',
  );
  drawQuadratic(group, { plane: steepest, left, top, size, samples: 61 });
  writeText(group, {
    x: left,
    y: top + size + 17,
    text: `curves by ${formatNumber(steepest.largest)} and ${formatNumber(steepest.smallest)}`,
    style: 'muted small',
  });
}

/** Three by three; before a guess each is a question mark. */
function drawRandomPlanes(group: Group, scene: SaddleScene): void {
  const { saddle, state, isNarrow, second, size } = scene;
  writeHeading(
    group,
    second,
    'Nine random planes',
    isNarrow
      ? `same point, ${saddle.dimensions} dimensions`
      : `through the same point, in ${saddle.dimensions} dimensions`,
  );
  const space = 5;
  const side = (size - 2 * space) / 3;
  for (const [index, plane] of saddle.planes.entries()) {
    const left = second + (index % 3) * (side + space);
    const own = { left, top: top + Math.floor(index / 3) * (side + space) };
    if (state.revealed) drawQuadratic(group, { plane, ...own, size: side, samples: 25 });
    const shows = state.revealed && plane.smallest < 0;
    const box = { ...own, right: own.left + side, bottom: own.top + side };
    drawBox(group, shows ? 'panel-edge shows-down' : 'panel-edge', box);
    if (!state.revealed)
      writeText(group, {
        x: own.left + side / 2,
        y: own.top + side / 2 + 5,
        text: '?',
        anchor: 'middle',
        style: 'muted',
      });
  }
  if (state.revealed)
    writeText(group, {
      x: second,
      y: top + size + 17,
      text: `framed: ${isNarrow ? '' : 'shows '}a way down, ${countShowing(saddle)} of ${planesShown}`,
      style: 'muted small',
    });
}

/** The question first; once it is answered, the curvature along random lines. */
function drawAnswer(group: Group, { saddle, state, width, below }: SaddleScene): void {
  if (state.revealed) {
    drawLineCurvature(group, { ...below, bottom: below.top + 64 }, saddle);
    return;
  }
  writeWrapped(group, {
    x: width / 2,
    y: below.top + 16,
    text: `${saddle.downhill} of ${saddle.dimensions} directions lead down from this point. How many random planes will show it?`,
    anchor: 'middle',
    style: 'strong',
    width: Math.min(420, width - 20),
  });
}

const layers: readonly Layer<SaddleScene>[] = [
  { name: 'truth', inputs: ({ saddle }) => [saddle], draw: drawSteepest },
  {
    name: 'planes',
    inputs: ({ saddle, state }) => [saddle, state.revealed],
    draw: drawRandomPlanes,
  },
  { name: 'spread', inputs: ({ saddle, state }) => [saddle, state.revealed], draw: drawAnswer },
  {
    name: 'chance',
    inputs: ({ saddle, state }) => [saddle, state.revealed, state.guess],
    draw: (group, { saddle, state, below }) => {
      if (state.revealed)
        drawChance(group, { ...below, top: below.top + 124 }, saddle.chance, state.guess);
    },
  },
];

export const vanishingSaddle = defineFigure({
  name: 'vanishing-saddle',
  state: vanishingSaddleState,
  height: (width) => {
    const size = Math.min(270, (width - gapOf(width) - 4) / 2);
    return Math.round(40 + size + 46 + 124 + 40);
  },
  view: saddleOf,
  scene: placeSaddle,
  layers,
  describe: describeSaddle,
  table: tableOfSaddle,
  controls: controlsOfSaddle,
  fidelity: fidelityOfSaddle,
});
