// The short form of the article's widget: some settings of the experiment's schema, in three groups, and what it says of them.
import { dataDimensions } from '../../learning/data-dimensions.ts';
import { experimentSchema, type DataSpec, type Experiment } from '../../learning/experiment.ts';
import { isPlainObject, type PlainObject } from '../../learning/plain-object.ts';
import { seedsOf } from '../../learning/seeds.ts';
import type { HtmlOptions } from '../form/control-html.ts';
import { describeSchema } from '../form/describe-schema.ts';
import { fieldHtml } from '../form/fields-html.ts';
import {
  keyOf,
  type Field,
  type GroupField,
  type NumberField,
  type VariantsField,
} from '../form/form-field.ts';

const groups = [
  { title: 'Data', keys: ['data'] },
  { title: 'Networks', keys: ['initialisations', 'hiddenSizes', 'activation', 'startSeed'] },
  { title: 'Descent', keys: ['optimiser', 'epochs', 'learningRate'] },
] as const;

type ShortKey = (typeof groups)[number]['keys'][number];

/** The two-weight problem has a place of its own, and points are placed by hand in the laboratory. */
const otherPlaces: ReadonlySet<string> = new Set(['two-weights', 'points']);

/** How each setting differs from the laboratory's form, which has room for more. */
const shortened: Readonly<Partial<Record<ShortKey, (field: Field) => Field>>> = {
  data: (field) => withOptions(field, shortData),
  optimiser: (field) => withOptions(field, (option) => [{ ...option, fields: [] }]),
  hiddenSizes: (field) => ({ ...field, help: '64, or 16, 16 for two layers.' }),
  // The points stay as they are, so that two runs differ in their starts alone.
  startSeed: (field) => withStandard({ ...field, help: '' }),
  learningRate: (field) => withSlider(field, [1e-5, 10]),
};

/** A number is typed, with a slider only where its orders of magnitude matter. */
const withSlider = (field: Field, sliderRange: NumberField['sliderRange']): Field =>
  field.kind === 'number' && sliderRange !== undefined ? { ...field, sliderRange } : field;

/** Always set here: `startsNamed` writes down which seed draws the starts. */
const withStandard = (field: Field): Field =>
  field.kind === 'number' ? { ...field, isOptional: false } : field;

/** The same experiment, its seed of the starts written down, so that a reader can change it alone. */
export const startsNamed = (experiment: Experiment): Experiment => ({
  ...experiment,
  startSeed: seedsOf(experiment).starts,
});

type VariantOption = VariantsField['options'][number];

const withOptions = (
  field: Field,
  shorten: (option: VariantOption) => readonly VariantOption[],
): Field =>
  field.kind === 'variants' ? { ...field, options: field.options.flatMap(shorten) } : field;

/** Numbers, and the reader's own file: all else about data is as the schema has it. */
function shortData(option: VariantOption): readonly VariantOption[] {
  if (otherPlaces.has(option.value)) return [];
  const fields = option.fields.flatMap((field): Field[] => {
    if (field.path !== 'data.path') return field.kind === 'number' ? [withSlider(field, null)] : [];
    return [
      {
        ...{ kind: 'file', path: field.path, label: field.label },
        accept: '.csv,.tsv,.txt,text/csv',
        help: 'It stays in your browser. Numbers in columns, the label in the last one.',
        hint: 'Choose a CSV file: a row for each point, its label last.',
      },
    ];
  });
  return [{ ...option, fields }];
}

/** The part of the schema that has controls here. */
export function shortField(): GroupField {
  const whole = describeSchema(experimentSchema);
  const fields = whole.kind === 'group' ? whole.fields : [];
  const chosen = groups.flatMap(({ keys }) =>
    keys.flatMap((key) =>
      fields
        .filter((field) => keyOf(field) === key)
        .map((field) => shortened[key]?.(field) ?? withSlider(field, null)),
    ),
  );
  return { kind: 'group', path: '', label: '', help: '', fields: chosen };
}

export const shortFormOptions = (prefix: string): HtmlOptions => ({
  prefix,
  hasSlidersBelow: true,
});

/** The controls of each group as HTML, for the page as it is built. @param prefix before every id. */
export function shortFormHtml(
  experiment: Experiment,
  prefix: string,
): { readonly title: string; readonly html: string }[] {
  const { fields } = shortField();
  const value = experiment as PlainObject;
  const htmlOf = (key: string): string =>
    fields
      .filter((field) => keyOf(field) === key)
      .map((field) => fieldHtml(field, value[key], shortFormOptions(prefix)))
      .join('');
  return groups.map(({ title, keys }) => ({ title, html: keys.map(htmlOf).join('') }));
}

/** All settings of a run: those of the form, and what `base` says where the form says nothing. */
export function completeSettings(base: Experiment, short: unknown): PlainObject {
  const whole: PlainObject = structuredClone(base);
  for (const [key, value] of Object.entries(isPlainObject(short) ? short : {}))
    whole[key] = completeKind(whole[key], value);
  // The form has no control for the batch size, so a set too small for the base's batches is learned whole.
  if (!fitsBatches(whole, base.batchSize)) whole['batchSize'] = 'full';
  // As many snapshots as the steps allow is for the schema to find.
  if (base.snapshots > Number(whole['epochs'])) delete whole['snapshots'];
  return whole;
}

/** Of the same kind as before, what has no control stays as it was; another kind begins as the schema has it. */
function completeKind(before: unknown, now: unknown): unknown {
  if (!isPlainObject(before) || !isPlainObject(now) || before['kind'] !== now['kind']) return now;
  return { ...before, ...now };
}

function fitsBatches(
  { data, testFraction }: PlainObject,
  batchSize: Experiment['batchSize'],
): boolean {
  if (batchSize === 'full') return true;
  const { samples } = dataDimensions(data as DataSpec) ?? { samples: 0 };
  return samples - Math.ceil(samples * Number(testFraction)) >= batchSize;
}
