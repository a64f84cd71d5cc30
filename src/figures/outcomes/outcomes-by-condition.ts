// Where training ended under each condition of a study: a strip of networks a condition, with its mean, interval and counts.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { Box } from '../kit/axes.ts';
import { drawDifferences } from './condition-differences.ts';
import type { Figure } from '../kit/figure.ts';
import { drawGuessDown } from '../kit/guess-mark.ts';
import { textWidth, writeAbsence, writeText } from '../kit/labels.ts';
import { drawKeys, type Key } from '../kit/legend.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import { drawOutcomeAxis, outcomeScale, positionOf } from './outcome-axis.ts';
import {
  outcomeFacts,
  outcomeRows,
  outcomesByConditionState,
  type OutcomeQuantity,
  type OutcomeRow,
  type OutcomeRows,
  type OutcomesByConditionState,
} from './outcome-rows.ts';
import { drawMean, drawStrip, stripPlaces, stripRadius, type Strip } from './outcome-strip.ts';
import {
  controlsOfOutcomes,
  countsInWords,
  describeOutcomes,
  isCompared,
  noOutcomes,
  tableOfOutcomes,
} from './outcomes-by-condition-words.ts';
import { openStage, type Group, type Picking, type Stage } from '../kit/stage.ts';
import { initialState } from '../kit/state-fields.ts';

type OutcomeStage = Stage<StudyDisplay, OutcomesByConditionState>;

/** In the order in which they lie: the axis under the names, what is picked over all. */
const layers = ['absence', 'axis', 'names', 'dots', 'means', 'guess', 'selected', 'keys'];

const [footHeight, nameHeight] = [76, 17];

/** A guessed value has its words in a line of their own. */
const headOf = ({ guess }: OutcomesByConditionState): number =>
  typeof guess === 'number' ? 38 : 24;

/** From here on there is no room for whole words beside a name. */
const narrow = 460;

interface Layout {
  readonly box: Box;
  /** Height of a row. */
  readonly step: number;
  /** Of each row, what its marks share below its name. */
  readonly bands: readonly { readonly top: number; readonly bottom: number }[];
}

function layoutOf(stage: OutcomeStage, rows: number, gutter: number): Layout {
  const bottom = stage.height - footHeight;
  const headHeight = headOf(stage.state);
  const step = (bottom - headHeight) / rows;
  return {
    box: { left: 10, right: stage.width - 12 - gutter, top: headHeight, bottom },
    step,
    bands: Array.from({ length: rows }, (_, index) => ({
      top: headHeight + index * step + nameHeight,
      bottom: headHeight + (index + 1) * step - 4,
    })),
  };
}

function paint(stage: OutcomeStage): Picking | null {
  const { data, state, width, height } = stage;
  const found = outcomeRows(data, state);
  const view = [data, state.quantity, state.scale, state.view, state.show, state.only, state.guess];
  const clear = (...names: string[]): void => {
    for (const name of names) stage.layer(name, [], () => {});
  };
  // Drawn empty at first, so that they lie in this order.
  clear(...layers);
  const absence =
    found === null
      ? noOutcomes(state.quantity)
      : state.view === 'difference' && !isCompared(state.quantity)
        ? 'Differences were computed for training loss and test accuracy: choose one of them.'
        : null;
  if (found === null || absence !== null) {
    stage.layer('absence', [absence], (group) => writeAbsence(group, width, height, absence ?? ''));
    return null;
  }
  return state.view === 'difference'
    ? paintDifferences(stage, found, view)
    : paintValues(stage, found, view);
}

function paintNames(
  group: Group,
  { rows }: OutcomeRows,
  options: { state: OutcomesByConditionState; width: number; step: number },
): void {
  const { state, width, step } = options;
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

function paintDifferences(stage: OutcomeStage, found: OutcomeRows, view: readonly unknown[]): null {
  const { state, width, height } = stage;
  const { box, bands, step } = layoutOf(stage, found.rows.length, 0);
  stage.layer('axis', view, (group) =>
    drawDifferences(group, { found, quantity: state.quantity, box, bands, width }),
  );
  stage.layer('names', view, (group) => paintNames(group, found, { state, width, step }));
  stage.layer('keys', view, (group) => {
    drawKeys(group, {
      x: 2,
      y: height - 12,
      width: width - 4,
      keys: [{ mark: 'diamond', text: 'difference of means, 95% interval' }],
    });
  });
  return null;
}

function paintValues(
  stage: OutcomeStage,
  found: OutcomeRows,
  view: readonly unknown[],
): Picking | null {
  const { state, width, height } = stage;
  const { rows } = found;
  const { format } = outcomeFacts[state.quantity];
  const isAbsent = (value: number): boolean => !Number.isFinite(value);
  const gutter = rows.some((row) => row.values.some(isAbsent)) ? 58 : 0;
  const { box, bands, step } = layoutOf(stage, rows.length, gutter);
  const scale = outcomeScale(found, state);
  const x = positionOf(scale, box);
  const radius = stripRadius(rows, bands[0]!, x);
  const strips = rows.map((row, index) =>
    stripPlaces(row, bands[index]!, { x, radius, right: box.right, gutter }),
  );
  const networks = Math.max(...rows.map((row) => row.values.length));
  const selected = state.selected !== null && state.selected < networks ? state.selected : null;

  stage.layer('axis', view, (group) =>
    drawOutcomeAxis(group, { found, state, scale, box, width, gutter }),
  );
  stage.layer('names', view, (group) => paintNames(group, found, { state, width, step }));
  stage.layer('dots', [...view, selected !== null], (group) => {
    group.attr('opacity', selected === null ? 1 : 0.5);
    for (const [index, row] of rows.entries()) drawStrip(group, row, strips[index]!);
  });
  stage.layer('means', view, (group) => {
    for (const [index, row] of rows.entries())
      drawMean(group, row.mean, { x, y: bands[index]!.bottom - 4, right: box.right, format });
  });
  stage.layer('guess', view, (group) => {
    if (typeof state.guess !== 'number') return;
    drawGuessDown(group, {
      x: x(state.guess),
      box,
      text: `your guess ${format(state.guess)}`,
      width,
    });
  });
  stage.layer('selected', [...view, selected], (group) => {
    if (selected === null) return;
    for (const [index, row] of rows.entries())
      drawSelected(group, row, strips[index]!, { selected, quantity: state.quantity, width });
  });
  stage.layer('keys', view, (group) => {
    drawKeys(group, { x: 2, y: height - 12, width: width - 4, keys: keysOf(rows) });
  });

  const places = strips.flatMap((strip) => [...strip.places]);
  return {
    count: networks,
    columns: 1,
    selected,
    nearest: (px, py) => nearestNetwork(places, [px, py], 18),
    say: (n) =>
      `network ${n}: ${rows.map((row) => `${row.condition.short} ${written(row, n, state.quantity)}`).join(', ')}`,
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

export const outcomesByCondition: Figure<StudyDisplay, OutcomesByConditionState> = {
  name: 'outcomes-by-condition',
  schema: outcomesByConditionState,
  initial: initialState(outcomesByConditionState),
  // Rows share it, however many a study has: five have room for piles of dots, nine for one row of them.
  height: (width) => (width < 480 ? 440 : 470),
  draw: (container, data, state, environment) =>
    openStage({
      name: 'outcomes-by-condition',
      container,
      data,
      state,
      environment,
      describe: describeOutcomes,
      paint,
    }),
  describe: describeOutcomes,
  table: tableOfOutcomes,
  controls: controlsOfOutcomes,
};
