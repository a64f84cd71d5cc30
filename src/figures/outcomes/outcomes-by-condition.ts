// Where training ended under each condition of a study: a strip of networks a condition, with its mean, interval and counts.
import type { StudyDisplay } from '../../artifact/display.ts';
import { defineFigure } from '../kit/define-figure.ts';
import { drawDifferences } from './condition-differences.ts';
import { drawGuessDown } from '../kit/guess-mark.ts';
import { textWidth, writeAbsence, writeText } from '../kit/labels.ts';
import { drawKeys, type Key } from '../kit/legend.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import { drawOutcomeAxis } from './outcome-axis.ts';
import {
  outcomeFacts,
  outcomeRows,
  outcomesByConditionState,
  type OutcomeQuantity,
  type OutcomeRow,
} from './outcome-rows.ts';
import { drawMean, drawStrip, type Strip } from './outcome-strip.ts';
import {
  controlsOfOutcomes,
  countsInWords,
  describeOutcomes,
  noOutcomes,
  tableOfOutcomes,
} from './outcomes-by-condition-words.ts';
import { headOf, scene, type Scene } from './outcomes-by-condition-scene.ts';
import type { Group, Picking } from '../kit/stage.ts';

/** From here on there is no room for whole words beside a name. */
const narrow = 460;

function drawAxis(group: Group, { kind, places, ...drawn }: Scene): void {
  const { found, state, box, bands, width, height } = drawn;
  if (places) {
    const { scale, gutter } = places;
    drawOutcomeAxis(group, { found, state, scale, box, width, gutter });
  } else if (kind === 'differences')
    drawDifferences(group, { found, quantity: state.quantity, box, bands, width });
  else writeAbsence(group, width, height, noDifferences);
}

const noDifferences =
  'Differences were computed for training loss and test accuracy: choose one of them.';

function drawNames(group: Group, { found: { rows }, state, width, step, kind }: Scene): void {
  if (kind === 'no differences') return;
  for (const [index, row] of rows.entries()) {
    const y = headOf(state) + index * step;
    if (index > 0)
      group
        .append('path')
        .attr('class', 'hairline')
        .attr('d', `M0,${y.toFixed(1)}H${width}`);
    const note = state.view === 'difference' ? '' : countsWithin(width, countsInWords(row));
    const isGuessed =
      typeof state.guess === 'string' && state.guess.split(' ').includes(row.condition.key);
    const title = shortened(
      row.condition.title,
      width - textWidth(note, 12) - (isGuessed ? 92 : 12),
    );
    writeText(group, { x: 2, y: y + 14, text: title, style: 'strong halo' });
    writeText(group, {
      x: width - 2,
      y: y + 14,
      text: note,
      anchor: 'end',
      style: 'muted halo',
    });
    if (isGuessed)
      writeText(group, {
        x: 10 + textWidth(title, 12.4),
        y: y + 14,
        text: '← your guess',
        style: 'guess-label halo',
      });
  }
}

function drawDots(group: Group, { found, places }: Scene): void {
  if (!places) return;
  group.attr('opacity', places.selected === null ? 1 : 0.5);
  for (const [index, row] of found.rows.entries()) drawStrip(group, row, places.strips[index]!);
}

function drawMeans(group: Group, { found, places, state, bands, box }: Scene): void {
  if (!places) return;
  const { x } = places;
  const { format } = outcomeFacts[state.quantity];
  for (const [index, row] of found.rows.entries())
    drawMean(group, row.mean, { x, y: bands[index]!.bottom - 4, right: box.right, format });
}

/** A guessed value; guessed conditions are marked at their names. */
function drawGuess(group: Group, { places, state, box, width }: Scene): void {
  const { guess, quantity } = state;
  if (!places || typeof guess !== 'number') return;
  const text = `your guess ${outcomeFacts[quantity].format(guess)}`;
  drawGuessDown(group, { x: places.x(guess), box, text, width });
}

function drawAllSelected(group: Group, { found, places, state, width }: Scene): void {
  const selected = places?.selected ?? null;
  if (!places || selected === null) return;
  for (const [index, row] of found.rows.entries())
    drawSelected(group, row, places.strips[index]!, { selected, quantity: state.quantity, width });
}

function drawOutcomeKeys(group: Group, { found, kind, width, height }: Scene): void {
  if (kind === 'no differences') return;
  const keys: Key[] =
    kind === 'values'
      ? keysOf(found.rows)
      : [{ mark: 'diamond', text: 'difference of means, 95% interval' }];
  drawKeys(group, { x: 2, y: height - 12, width: width - 4, keys });
}

function picking({ found, places, state }: Scene): Picking | null {
  if (!places) return null;
  const { strips, networks, selected } = places;
  const points = strips.flatMap((strip) => [...strip.places]);
  return {
    count: networks,
    columns: 1,
    selected,
    nearest: (px, py) => nearestNetwork(points, [px, py], 18),
    say: (n) =>
      `network ${n}: ${found.rows.map((row) => `${row.condition.short} ${written(row, n, state.quantity)}`).join(', ')}`,
  };
}

function written(row: OutcomeRow, n: number, quantity: OutcomeQuantity): string {
  const value = row.values[n] ?? NaN;
  if (!Number.isFinite(value)) return row.outcomeOf[n] ?? 'no value';
  return outcomeFacts[quantity].format(value);
}

/** The picked network of a row, with its number and value. */
function drawSelected(
  group: Group,
  row: OutcomeRow,
  { places, radius }: Strip,
  options: { selected: number; quantity: OutcomeQuantity; width: number },
): void {
  const { selected, quantity, width } = options;
  const place = places.get(selected);
  if (place === undefined) return;
  drawStrip(group, row, { places: new Map([[selected, place]]), radius: radius + 1 });
  group
    .append('circle')
    .attr('class', 'line ink')
    .attr('cx', place[0].toFixed(1))
    .attr('cy', place[1].toFixed(1))
    .attr('r', radius + 3.5)
    .attr('stroke-width', 1.75);
  const text = `${selected}: ${written(row, selected, quantity)}`;
  const isLeft = place[0] + radius + 10 + textWidth(text, 12.6) > width;
  writeText(group, {
    x: place[0] + (isLeft ? -1 : 1) * (radius + 8),
    y: place[1] + 4,
    text,
    anchor: isLeft ? 'end' : 'start',
    style: 'strong halo',
  });
}

function keysOf(rows: readonly OutcomeRow[]): Key[] {
  const has = (outcome: 'converged' | 'stuck'): boolean =>
    rows.some((row) => row.outcomeOf.includes(outcome));
  const hasInterval = rows.some((row) => row.mean?.interval);
  return [
    ...(has('converged') ? [{ mark: 'dot', text: 'converged' } as const] : []),
    ...(has('stuck') ? [{ mark: 'square', text: 'stuck' } as const] : []),
    { mark: 'diamond', text: hasInterval ? 'mean, 95% interval' : 'mean' },
  ];
}

const countsWithin = (width: number, words: string): string =>
  width < narrow ? words.replace('converged', 'conv.').replace('diverged', 'div.') : words;

function shortened(text: string, room: number): string {
  if (textWidth(text, 13) <= room) return text;
  const letters = Math.max(4, Math.floor(room / textWidth('n', 13)) - 1);
  return `${text.slice(0, letters).trimEnd()}…`;
}

const shownOf = ({ shown }: Scene): readonly unknown[] => shown;
const selectedOf = ({ places }: Scene): number | null => places?.selected ?? null;

export const outcomesByCondition = defineFigure({
  name: 'outcomes-by-condition',
  state: outcomesByConditionState,
  // Rows share it, however many a study has: five have room for piles of dots, nine for one row of them.
  height: (width) => (width < 480 ? 440 : 470),
  view: (data: StudyDisplay, state) => outcomeRows(data, state) ?? noOutcomes(state.quantity),
  scene,
  layers: [
    { name: 'axis', inputs: shownOf, draw: drawAxis },
    { name: 'names', inputs: shownOf, draw: drawNames },
    {
      name: 'dots',
      inputs: (drawn) => [...drawn.shown, selectedOf(drawn) !== null],
      draw: drawDots,
    },
    { name: 'means', inputs: shownOf, draw: drawMeans },
    { name: 'guess', inputs: shownOf, draw: drawGuess },
    {
      name: 'selected',
      inputs: (drawn) => [...drawn.shown, selectedOf(drawn)],
      draw: drawAllSelected,
    },
    { name: 'keys', inputs: shownOf, draw: drawOutcomeKeys },
  ],
  picking,
  describe: describeOutcomes,
  table: tableOfOutcomes,
  controls: controlsOfOutcomes,
});
