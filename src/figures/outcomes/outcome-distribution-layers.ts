// The layers of the distribution of outcomes: axis, summary, a reader's guess, a dot a network, the picked one, keys.
import { drawAxes, logarithmicTicks } from '../kit/axes.ts';
import { guessLayer, type Layer } from '../kit/define-figure.ts';
import { drawGuessDown } from '../kit/guess-mark.ts';
import { textWidth, writeText } from '../kit/labels.ts';
import { drawKeys } from '../kit/legend.ts';
import { drawOutcome } from '../kit/marks.ts';
import { networkColour } from '../kit/palette.ts';
import { unitOf } from '../kit/quantities.ts';
import type { Group } from '../kit/stage.ts';
import type { OutcomeDistributionScene } from './outcome-distribution-scene.ts';
import { drawSummary } from './outcome-summary.ts';

/** The fullest name of the axis that fits. */
function axisName(scene: OutcomeDistributionScene): string {
  const { facts, quantity, run, logarithmic, hasZeros, width } = scene;
  const scaleNote = logarithmic
    ? `log scale${hasZeros ? ', exact zeros at the left end' : ''}`
    : '';
  const bracket = (...parts: string[]): string => {
    const note = parts.filter((part) => part !== '').join('; ');
    return note === '' ? '' : ` (${note})`;
  };
  const names = [
    `${facts.name} at the end${bracket(unitOf(quantity, run), scaleNote)}`,
    `${facts.name} at the end${bracket(scaleNote)}`,
    `Final ${facts.name.toLowerCase()}${bracket(logarithmic ? `log scale${hasZeros ? ', zeros at left' : ''}` : '')}`,
  ];
  return names.find((name) => textWidth(name) < width - 8) ?? names.at(-1)!;
}

function drawAxis(group: Group, scene: OutcomeDistributionScene): void {
  const { box, x, logarithmic, domain, facts, hasDiverged } = scene;
  const count = Math.max(3, Math.floor((box.right - box.left) / 70));
  drawAxes(group, {
    box,
    x,
    y: null,
    xTicks: logarithmic ? logarithmicTicks(domain, count) : x.ticks(count),
    xFormat: facts.format,
    xName: axisName(scene),
  });
  if (hasDiverged)
    writeText(group, {
      x: box.right + 50,
      y: box.bottom + 17,
      text: 'diverged',
      anchor: 'middle',
      style: 'muted small',
    });
}

function drawGuess(group: Group, scene: OutcomeDistributionScene, guess: number): void {
  const { box, x, domain, facts, width, summaryHeight } = scene;
  const text = `your guess ${facts.format(guess)}`;
  const [isBelow, isAbove] = [guess < domain[0], guess > domain[1]];
  drawGuessDown(group, {
    x: x(guess),
    box: { ...box, top: summaryHeight + 12 },
    text: isBelow ? `← ${text}` : isAbove ? `${text} →` : text,
    width,
  });
}

function drawDots(group: Group, { run, places, radius, selected }: OutcomeDistributionScene): void {
  group.attr('opacity', selected === null ? 1 : 0.55);
  for (const [n, at] of places)
    drawOutcome(group, run.statistics.outcomeOf[n], at, networkColour(n), radius, 4);
}

function drawSelected(group: Group, scene: OutcomeDistributionScene): void {
  const { run, facts, values, places, radius, selected, width } = scene;
  if (selected === null) return;
  const [cx, cy] = places.get(selected)!;
  const outcome = run.statistics.outcomeOf[selected];
  drawOutcome(group, outcome, [cx, cy], networkColour(selected), radius + 1, 4);
  group
    .append('circle')
    .attr('class', 'line ink')
    .attr('cx', cx.toFixed(1))
    .attr('cy', cy.toFixed(1))
    .attr('r', radius + 3)
    .attr('stroke-width', 1.75);
  const value = values[selected]!;
  const text = `network ${selected}: ${Number.isFinite(value) ? facts.format(value) : 'diverged'}`;
  const half = textWidth(text, 13.5) / 2;
  writeText(group, {
    x: Math.min(width - half - 2, Math.max(half + 2, cx)),
    y: cy - radius - 9,
    text,
    anchor: 'middle',
    style: 'strong halo',
  });
}

function drawOutcomeKeys(group: Group, { run, box, width }: OutcomeDistributionScene): void {
  const hasStuck = run.statistics.outcomeOf.includes('stuck');
  drawKeys(group, {
    x: 10,
    y: box.bottom + 60,
    width: width - 20,
    keys: [
      { mark: 'dot', text: hasStuck ? 'one network, converged' : 'one network' },
      ...(hasStuck ? [{ mark: 'square', text: 'stuck' } as const] : []),
      { mark: 'band', text: 'middle half' },
      { mark: 'diamond', text: 'mean, 95% interval' },
    ],
  });
}

const ground = ({ ground: inputs }: OutcomeDistributionScene): readonly unknown[] => inputs;

export const outcomeDistributionLayers: readonly Layer<OutcomeDistributionScene>[] = [
  { name: 'axis', inputs: ground, draw: drawAxis },
  {
    name: 'summary',
    inputs: ground,
    draw: (group, { summary, x, facts, width }) =>
      drawSummary(group, summary, x, facts.format, width),
  },
  guessLayer(ground, drawGuess),
  {
    name: 'dots',
    inputs: (scene) => [...scene.ground, scene.selected !== null],
    draw: drawDots,
  },
  {
    name: 'selected',
    inputs: (scene) => [...scene.ground, scene.selected],
    draw: drawSelected,
  },
  { name: 'keys', inputs: ground, draw: drawOutcomeKeys },
];
