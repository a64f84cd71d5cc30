// A saddle of many dimensions on the plane that shows it, and on planes of random course, most of which do not.
import type { StudyDisplay } from '../../artifact/load-study.ts';
import type { Figure } from '../kit/figure.ts';
import { formatNumber } from '../kit/format.ts';
import { writeAbsence, writeText, writeWrapped } from '../kit/labels.ts';
import { openStage, type Picking, type Stage } from '../kit/stage.ts';
import { chanceInWords, drawChance, drawQuadratic, drawSpread } from './vanishing-panels.ts';
import {
  exampleSaddle,
  measuredSpectrum,
  networkSaddle,
  planesShown,
  type Saddle,
  type SaddleChoice,
} from './vanishing-saddles.ts';

export interface VanishingSaddleState extends SaddleChoice {
  /** Share of random planes that the reader expects to show a way down. */
  readonly guess: number | null;
  readonly revealed: boolean;
}

const absence = 'This study has no whole spectrum of a network to draw.';

/** The last saddle made, since a state that differs in a guess alone has the same one. */
function remembered(): (data: StudyDisplay, state: SaddleChoice) => Saddle | null {
  let known: { key: string; data: StudyDisplay; saddle: Saddle | null } | null = null;
  return (data, { subject, dimensions, share, draw }) => {
    const key = JSON.stringify([subject, dimensions, share, draw]);
    if (known?.key !== key || known.data !== data) {
      const measured = subject === 'network' ? measuredSpectrum(data) : null;
      const saddle =
        subject === 'example'
          ? exampleSaddle({ subject, dimensions, share, draw })
          : measured && networkSaddle(measured, draw);
      known = { key, data, saddle };
    }
    return known.saddle;
  };
}
const saddleOf = remembered();

const countShowing = ({ planes }: Saddle): number =>
  planes.filter(({ smallest }) => smallest < 0).length;

function paint(stage: Stage<StudyDisplay, VanishingSaddleState>): Picking | null {
  const { data, state, width, height } = stage;
  const saddle = saddleOf(data, state);
  stage.layer('absence', [saddle], (group) => {
    if (!saddle) writeAbsence(group, width, height, absence);
  });
  if (!saddle) return null;

  const isNarrow = width < 480;
  const gap = isNarrow ? 14 : 28;
  const size = Math.floor(Math.min(270, (width - gap - 4) / 2));
  const left = Math.max(2, (width - 2 * size - gap) / 2);
  const top = 40;
  const second = left + size + gap;
  stage.layer('truth', [saddle], (group) => {
    writeText(group, {
      x: left,
      y: 14,
      text: isNarrow ? 'The plane to look at' : 'The plane one should look at',
      style: 'strong',
    });
    writeText(group, {
      x: left,
      y: 31,
      text: isNarrow ? 'steepest up, steepest down' : 'steepest way up, steepest way down',
      style: 'muted small',
    });
    drawQuadratic(group, { plane: saddle.truth, left, top, size, samples: 61 });
    writeText(group, {
      x: left,
      y: top + size + 17,
      text: `curves by ${formatNumber(saddle.truth.largest)} and ${formatNumber(saddle.truth.smallest)}`,
      style: 'muted small',
    });
  });
  stage.layer('planes', [saddle, state.revealed], (group) => {
    writeText(group, { x: second, y: 14, text: 'Nine random planes', style: 'strong' });
    writeText(group, {
      x: second,
      y: 31,
      text: isNarrow
        ? `same point, ${saddle.dimensions} dimensions`
        : `through the same point, in ${saddle.dimensions} dimensions`,
      style: 'muted small',
    });
    const space = 5;
    const small = (size - 2 * space) / 3;
    for (const [index, plane] of saddle.planes.entries()) {
      const x = second + (index % 3) * (small + space);
      const y = top + Math.floor(index / 3) * (small + space);
      if (state.revealed)
        drawQuadratic(group, { plane, left: x, top: y, size: small, samples: 25 });
      const shows = state.revealed && plane.smallest < 0;
      group
        .append('rect')
        .attr('class', shows ? 'panel-edge shows-down' : 'panel-edge')
        .attr('x', x.toFixed(1))
        .attr('y', y.toFixed(1))
        .attr('width', small.toFixed(1))
        .attr('height', small.toFixed(1));
      if (!state.revealed)
        writeText(group, {
          x: x + small / 2,
          y: y + small / 2 + 5,
          text: '?',
          anchor: 'middle',
          style: 'muted',
        });
    }
    if (state.revealed)
      writeText(group, {
        x: second,
        y: top + size + 17,
        text: isNarrow
          ? `framed: a way down, ${countShowing(saddle)} of ${planesShown}`
          : `framed: shows a way down, ${countShowing(saddle)} of ${planesShown}`,
        style: 'muted small',
      });
  });
  const inner = { left: left + 4, right: second + size - 4 };
  const stripTop = top + size + 46;
  stage.layer('spread', [saddle, state.revealed], (group) => {
    if (state.revealed) {
      drawSpread(group, { ...inner, top: stripTop, bottom: stripTop + 64 }, saddle);
      return;
    }
    writeWrapped(group, {
      x: width / 2,
      y: stripTop + 16,
      text: `${saddle.downhill} of ${saddle.dimensions} directions lead down from this point. How many random planes will show it?`,
      anchor: 'middle',
      style: 'strong',
      width: Math.min(420, width - 20),
    });
  });
  stage.layer('chance', [saddle, state.revealed, state.guess], (group) => {
    if (state.revealed) drawChance(group, { ...inner, top: stripTop + 124 }, saddle, state.guess);
  });
  return null;
}

function describe(data: StudyDisplay, state: VanishingSaddleState): string {
  const saddle = saddleOf(data, state);
  if (!saddle) return absence;
  const kind =
    state.subject === 'example'
      ? `A constructed saddle of ${saddle.dimensions} dimensions: ${saddle.downhill} of them curve down by 1, the others up by 1.`
      : `The measured curvature of ${saddle.name}: ${saddle.downhill} of ${saddle.dimensions} directions curve down, the steepest by ${formatNumber(saddle.truth.smallest)}, while the steepest way up curves by ${formatNumber(saddle.truth.largest)}.`;
  const truth = ' On the plane of the steepest ways up and down it is a saddle.';
  if (!state.revealed) return `${kind}${truth} Nine random planes are not shown before a guess.`;
  const chance =
    saddle.chance.of === null
      ? `The chance that a random plane shows a way down is ${chanceInWords(saddle.chance.share)}`
      : `Of ${saddle.chance.of} random planes, ${chanceInWords(saddle.chance.share)} show a way down`;
  const guess = state.guess === null ? '' : ` Your guess was ${chanceInWords(state.guess)}.`;
  return (
    `${kind}${truth} Of nine random planes ${countShowing(saddle)} show a way down; the others look like a valley. ` +
    `${chance}; along a random line the expected curvature is the mean eigenvalue, ${formatNumber(saddle.meanCurvature)}.${guess}`
  );
}

const dimensionsOffered = [2, 3, 5, 10, 20, 50, 100, 322];
const sharesOffered = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5];

export const vanishingSaddle: Figure<StudyDisplay, VanishingSaddleState> = {
  name: 'vanishing-saddle',
  initial: {
    subject: 'example',
    dimensions: 100,
    share: 0.3,
    draw: 0,
    guess: null,
    revealed: true,
  },
  height: (width) => {
    const size = Math.min(270, (width - (width < 480 ? 14 : 28) - 4) / 2);
    return Math.round(40 + size + 46 + 124 + 40);
  },
  draw: (container, data, state, environment) =>
    openStage({ name: 'vanishing-saddle', container, data, state, environment, describe, paint }),
  describe,
  table(data, state) {
    const saddle = saddleOf(data, state);
    const row = (name: string, { largest, smallest }: Saddle['truth']) => [
      name,
      largest,
      smallest,
      smallest < 0 ? 'yes' : 'no',
    ];
    return {
      columns: [
        { name: 'plane' },
        { name: 'largest curvature' },
        { name: 'smallest curvature' },
        { name: 'shows a way down' },
      ],
      rows: saddle
        ? [
            row('steepest up and down', saddle.truth),
            ...(state.revealed
              ? saddle.planes.map((plane, index) => row(`random ${index + 1}`, plane))
              : []),
          ]
        : [],
    };
  },
  controls: (data) => [
    {
      key: 'subject',
      name: 'Saddle',
      kind: 'choice',
      options: [
        { value: 'example', text: 'constructed' },
        ...(measuredSpectrum(data)
          ? [{ value: 'network', text: `measured, network ${measuredSpectrum(data)?.network}` }]
          : []),
      ],
    },
    {
      key: 'dimensions',
      name: 'Dimensions (constructed)',
      kind: 'range',
      options: dimensionsOffered.map((value) => ({ value, text: String(value) })),
    },
    {
      key: 'share',
      name: 'Directions that lead down (constructed)',
      kind: 'range',
      options: sharesOffered.map((value) => ({ value, text: `${Math.round(100 * value)}%` })),
    },
    {
      key: 'draw',
      name: 'Nine other planes',
      kind: 'range',
      options: Array.from({ length: 12 }, (_, value) => ({ value, text: String(value + 1) })),
    },
  ],
  fidelity(data, state) {
    const saddle = saddleOf(data, state);
    if (!saddle) return [];
    const shared =
      'Each panel has its own colours: level ground in the middle of the scale, dark lower, light higher.';
    return state.subject === 'example'
      ? [
          'A constructed example, not a measurement: half the sum of eigenvalue times squared distance, exact everywhere.',
          'Chance and spread are closed forms; the nine planes are drawn by a seeded generator.',
          shared,
        ]
      : [
          `The loss around ${saddle.name} to second order, from all ${saddle.dimensions} eigenvalues of its Hessian on the training loss, computed on ${data.provider}; the slope there is small but not zero, and is left out.`,
          `Eigenvalues closer to zero than a millionth of the largest count as flat; the chance is a count over ${saddle.chance.of} seeded planes.`,
          shared,
        ];
  },
};
