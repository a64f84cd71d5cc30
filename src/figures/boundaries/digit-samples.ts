// A look at the digits themselves: a few of each class, as the 8 x 8 pixels that the networks are given.
import type { PreparedData, RunDisplay } from '../../artifact/display.ts';
import { defineFigure } from '../kit/define-figure.ts';
import type { FigureControl, FigureTable } from '../kit/figure.ts';
import { writeText } from '../kit/labels.ts';
import type { Point } from '../kit/path.ts';
import { drawBox } from '../kit/shapes.ts';
import { index, orNull, type StateOf } from '../kit/state-fields.ts';
import type { Group, Stage } from '../kit/stage.ts';

const state = {
  /** Images of each class. */
  each: index(3),
  /** Fills the picture with one class; null for all of them, a column each. */
  only: orNull(index(0)),
};
export type DigitSamplesState = StateOf<typeof state>;

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

type DigitsScene = ReturnType<typeof placeDigits>;

function placeDigits({ data }: RunDisplay, stage: Stage<RunDisplay, DigitSamplesState>) {
  const { state: shown, width } = stage;
  const cell = (width - 2) / data.classNames.length;
  const size = cell * 0.86;
  stage.setHeight(24 + shown.each * (size + cell * 0.14));
  return { data, shown, cell, size };
}

function drawDigits(group: Group, { data, shown, cell, size }: DigitsScene): void {
  const { classNames } = data;
  const { only } = shown;
  if (only !== null)
    writeText(group, {
      x: 1,
      y: 12,
      text: `only the digit ${classNames[only] ?? only}`,
      style: 'strong',
    });
  const paths = new Array<string>(greys + 1).fill('');
  for (const [column, samples] of columnsOf(data, shown).entries()) {
    const left = column * cell + (cell - size) / 2;
    if (only === null)
      writeText(group, {
        x: left + size / 2,
        y: 12,
        text: classNames[column] ?? String(column),
        anchor: 'middle',
        style: 'strong',
      });
    for (const [row, sample] of samples.entries()) {
      const top = 20 + row * (size + cell * 0.14);
      addPixels(paths, data, sample, [left, top], size / pixelsASide);
      drawBox(group, 'hairline', { left, right: left + size, top, bottom: top + size });
    }
  }
  for (const [level, path] of paths.entries())
    if (path !== '')
      group
        .append('path')
        .attr('fill', 'currentColor')
        .attr('fill-opacity', (level / greys).toFixed(2))
        .attr('d', path);
}

/** Adds the pixels of an image to the path of their grey level. */
function addPixels(
  paths: string[],
  data: PreparedData,
  sample: number,
  [left, top]: Point,
  side: number,
): void {
  const s = side.toFixed(1);
  for (let feature = 0; feature < pixelsASide ** 2; feature++) {
    const level = Math.round((pixel(data, sample, feature) / brightest) * greys);
    if (level <= 0) continue;
    const x = left + (feature % pixelsASide) * side;
    const y = top + Math.floor(feature / pixelsASide) * side;
    paths[Math.min(greys, level)] += `M${x.toFixed(1)},${y.toFixed(1)}h${s}v${s}h-${s}z`;
  }
}

const isImages = (data: PreparedData): boolean =>
  data.features === pixelsASide ** 2 && data.classNames.length > 0;

const absence = (data: PreparedData): string =>
  `There is no image to draw: these points have ${data.features} feature${data.features === 1 ? '' : 's'}, not 8 x 8 pixels.`;

function describe(run: RunDisplay, state: DigitSamplesState): string {
  const { data } = run;
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

export const digitSamples = defineFigure({
  name: 'digit-samples',
  state,
  height: (width) => Math.round(26 + 0.3 * width),
  view: (run: RunDisplay): RunDisplay | string => (isImages(run.data) ? run : absence(run.data)),
  scene: placeDigits,
  layers: [
    {
      name: 'images',
      inputs: ({ data, shown }) => [data, shown.each, shown.only],
      draw: drawDigits,
    },
  ],
  describe,
  table,
  controls,
});
