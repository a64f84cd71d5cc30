// A look at the digits themselves: a few of each class, as the 8 x 8 pixels that the networks are given.
import type { PreparedData, RunDisplay } from '../../artifact/display.ts';
import type { Figure, FigureControl, FigureTable } from '../kit/figure.ts';
import { writeAbsence, writeText } from '../kit/labels.ts';
import { openStage, type Picking, type Stage } from '../kit/stage.ts';

export interface DigitSamplesState {
  /** Images of each class. */
  readonly each: number;
  /** Fills the picture with one class; null for all of them, a column each. */
  readonly only: number | null;
}

/** Grey levels that the 17 pixel values are drawn in: enough for the eye, few enough for one path each. */
const greys = 8;
const brightest = 16;
const pixelsASide = 8;

/** Pixel value of a feature, in the file's units 0 to 16, out of its normalised value. */
function pixel(data: PreparedData, sample: number, feature: number): number {
  const { mean, scale } = data.normalisation;
  return data.train.inputs[sample * data.features + feature]! * scale[feature]! + mean[feature]!;
}

/** Indices of the first `most` training samples of a class. */
function firstOf(data: PreparedData, classIndex: number, most: number): number[] {
  const found: number[] = [];
  for (const [index, label] of (data.train.labels ?? []).entries()) {
    if (found.length === most) break;
    if (label === classIndex) found.push(index);
  }
  return found;
}

/** The samples shown, column by column: one class each, or one class dealt out over all columns. */
function columnsOf(data: PreparedData, { each, only }: DigitSamplesState): number[][] {
  const classes = data.classNames.map((_, index) => index);
  if (only === null) return classes.map((index) => firstOf(data, index, each));
  const chosen = firstOf(data, only, each * classes.length);
  return classes.map((column) => chosen.filter((_, place) => place % classes.length === column));
}

function paint(stage: Stage<RunDisplay, DigitSamplesState>): Picking | null {
  const { data, width, height, state } = stage;
  const isDigits = isImages(data.data);
  stage.layer('absence', [isDigits], (group) => {
    if (!isDigits) writeAbsence(group, width, height, absence(data.data));
  });
  if (!isDigits) return null;
  const cell = (width - 2) / data.data.classNames.length;
  const size = cell * 0.86;
  stage.setHeight(24 + state.each * (size + cell * 0.14));
  stage.layer('images', [data.data, state.each, state.only], (group) => {
    const { classNames } = data.data;
    if (state.only !== null)
      writeText(group, {
        x: 1,
        y: 12,
        text: `only the digit ${classNames[state.only] ?? state.only}`,
        style: 'strong',
      });
    const side = size / pixelsASide;
    const paths = new Array<string>(greys + 1).fill('');
    for (const [column, samples] of columnsOf(data.data, state).entries()) {
      const left = column * cell + (cell - size) / 2;
      if (state.only === null)
        writeText(group, {
          x: left + size / 2,
          y: 12,
          text: classNames[column] ?? String(column),
          anchor: 'middle',
          style: 'strong',
        });
      for (const [row, sample] of samples.entries()) {
        const top = 20 + row * (size + cell * 0.14);
        for (let feature = 0; feature < pixelsASide ** 2; feature++) {
          const level = Math.round((pixel(data.data, sample, feature) / brightest) * greys);
          if (level <= 0) continue;
          const x = left + (feature % pixelsASide) * side;
          const y = top + Math.floor(feature / pixelsASide) * side;
          const s = side.toFixed(1);
          paths[Math.min(greys, level)] += `M${x.toFixed(1)},${y.toFixed(1)}h${s}v${s}h-${s}z`;
        }
        group
          .append('rect')
          .attr('class', 'hairline')
          .attr('x', left.toFixed(1))
          .attr('y', top.toFixed(1))
          .attr('width', size.toFixed(1))
          .attr('height', size.toFixed(1));
      }
    }
    for (const [level, path] of paths.entries())
      if (path !== '')
        group
          .append('path')
          .attr('fill', 'currentColor')
          .attr('fill-opacity', (level / greys).toFixed(2))
          .attr('d', path);
  });
  return null;
}

const isImages = (data: PreparedData): boolean =>
  data.features === pixelsASide ** 2 && data.classNames.length > 0;

const absence = (data: PreparedData): string =>
  `There is no image to draw: these points have ${data.features} feature${data.features === 1 ? '' : 's'}, not 8 x 8 pixels.`;

function describe(run: RunDisplay, state: DigitSamplesState): string {
  const { data } = run;
  if (!isImages(data)) return absence(data);
  const which =
    state.only === null
      ? `The first ${state.each} training images of each of the ${data.classNames.length} digits, `
      : `The first ${state.each * data.classNames.length} training images of the digit ${data.classNames[state.only] ?? state.only}, `;
  return (
    which +
    `8 by 8 pixels of 17 grey levels; ${data.train.count} images train, ${data.test.count} test.`
  );
}

function table({ data }: RunDisplay): FigureTable {
  const count = (labels: Int32Array | null, index: number): number =>
    labels?.filter((label) => label === index).length ?? 0;
  return {
    columns: [
      { name: 'Digit' },
      { name: 'Training part', unit: 'images' },
      { name: 'Test part', unit: 'images' },
    ],
    rows: data.classNames.map((name, index) => [
      name,
      count(data.train.labels, index),
      count(data.test.labels, index),
    ]),
  };
}

const controls = ({ data }: RunDisplay): FigureControl[] =>
  isImages(data)
    ? [
        {
          key: 'only',
          name: 'Digit',
          kind: 'choice',
          options: [
            { value: null, text: 'all' },
            ...data.classNames.map((text, value) => ({ value, text })),
          ],
        },
      ]
    : [];

export const digitSamples: Figure<RunDisplay, DigitSamplesState> = {
  name: 'digit-samples',
  initial: { each: 3, only: null },
  height: (width) => Math.round(26 + 0.3 * width),
  draw: (container, data, state, environment) =>
    openStage({ name: 'digit-samples', container, data, state, environment, describe, paint }),
  describe,
  table,
  controls,
};
