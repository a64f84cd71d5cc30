import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { analysisSchema } from '../../../../src/landscape/analyses/index.ts';
import { sliceSpecSchema } from '../../../../src/landscape/directions/plane-spec.ts';
import { projectionSpecSchema } from '../../../../src/landscape/projections/project.ts';
import { experimentSchema } from '../../../../src/learning/experiment.ts';
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import { describeSchema } from '../../../../src/laboratory/form/describe-schema.ts';
import {
  experimentFacts,
  experimentFolds,
  experimentLayout,
} from '../../../../src/laboratory/form/experiment-layout.ts';
import type { Field } from '../../../../src/laboratory/form/form-field.ts';
import { fieldHtml } from '../../../../src/laboratory/form/fields-html.ts';
import { formHtml } from '../../../../src/laboratory/form/form-html.ts';
import { leavesOf, visitFields } from '../../../../src/laboratory/form/leaves.ts';
import { readField } from '../../../../src/laboratory/form/read-fields.ts';
import { readForm } from '../../../../src/laboratory/form/read-form.ts';
import { drawn } from './described.ts';
import { experiments, valueOf } from './experiments.ts';

const where = 'a test';
const judge = { parse: (plain: unknown) => parseExperiment(plain, where), where };
const field = describeSchema(experimentSchema, experimentFacts);
const classic = parseExperiment({}, where);
const options = { prefix: 'lab', folded: experimentFolds };
const htmlOf = (value: unknown) => formHtml(field, value, options, experimentLayout);

/** What facts hold and which entries there are, as the form keeps them. */
function keptOf(root: Field, value: unknown): Map<string, unknown> {
  const kept = new Map<string, unknown>();
  visitFields(root, value, (one, own) => {
    if (one.kind === 'fact' || one.kind === 'entries') kept.set(one.path, own);
  });
  return kept;
}

/** Paths of everything that a schema can hold, found without the form's own description. */
function pathsOf(schema: z.core.$ZodType, path = ''): string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if ('innerType' in def) return pathsOf(def.innerType as z.core.$ZodType, path);
  if (def.type === 'object')
    return Object.entries(def.shape).flatMap(([key, part]) =>
      pathsOf(part, path === '' ? key : `${path}.${key}`),
    );
  if (def.type === 'union' && 'discriminator' in def)
    return def.options.flatMap((option) => pathsOf(option, path));
  return [path];
}

test('every setting of the schema is reachable in the form', () => {
  const reachable = new Set<string>();
  const visit = (one: Field): void => {
    if (one.kind === 'group') one.fields.forEach(visit);
    else if (one.kind === 'variants') {
      for (const { value, fields } of one.options) {
        const html = fieldHtml(one, { [one.discriminator]: value }, options);
        const { root } = drawn(html);
        for (const place of root.querySelectorAll('[data-field]'))
          reachable.add(place.getAttribute('data-field') ?? '');
        fields.forEach(visit);
      }
    } else if (one.kind === 'maybe') visit(one.field);
    else
      for (const place of drawn(htmlOf(classic)).root.querySelectorAll('[data-field]'))
        reachable.add(place.getAttribute('data-field') ?? '');
  };
  visit(field);
  // What a fact holds is one setting.
  const isFact = (path: string) => [...experimentFacts.keys()].some((key) => path.startsWith(key));
  const missing = pathsOf(experimentSchema).filter((path) => !reachable.has(path) && !isFact(path));
  expect(missing).toEqual([]);
  for (const key of experimentFacts.keys()) expect([...reachable]).toContain(key);
});

test('a form drawn with an experiment reads as that experiment', () => {
  fc.assert(
    fc.property(experiments, (experiment) => {
      const { controls } = drawn(htmlOf(experiment), keptOf(field, experiment));
      const reading = readForm(field, controls, judge);
      expect([...reading.problems]).toEqual([]);
      expect(reading.value).toEqual(experiment);
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['slices', sliceSpecSchema],
  ['projections', projectionSpecSchema],
  ...analysisSchema.options.map((option) => [option.shape.kind.value, option] as const),
] as [string, z.ZodType][])(
  'the settings of an analysis come back as they went in: %s',
  (_, schema) => {
    const described = describeSchema(schema);
    fc.assert(
      fc.property(valueOf(described), (plain) => {
        const { controls } = drawn(fieldHtml(described, plain, options), keptOf(described, plain));
        expect(readField(described, controls, new Map())).toEqual(plain);
      }),
      { numRuns: 60 },
    );
  },
);

test('untouched, a form says what the schema says', () => {
  for (const schema of [...analysisSchema.options, sliceSpecSchema, experimentSchema]) {
    const described = describeSchema(schema);
    const { controls } = drawn(fieldHtml(described, undefined, options), new Map([['slices', {}]]));
    expect(() => readField(described, controls, new Map())).not.toThrow();
  }
  expect(readForm(field, drawn(htmlOf(undefined)).controls, judge).value).toEqual(classic);
});

test('whatever is typed gives an experiment or sentences, and never throws', () => {
  const { names, controls: untouched } = drawn(htmlOf(classic));
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...names), fc.oneof(fc.string(), fc.double().map(String)), {
        minKeys: 1,
      }),
      (texts) => {
        const text = (name: string) => texts[name] ?? untouched.text(name);
        const controls = { ...untouched, text };
        const { value, problems, together } = readForm(field, controls, judge);
        if (value) expect(parseExperiment(value, where)).toEqual(value);
        else expect(problems.size > 0 || together !== null).toBe(true);
        for (const sentence of problems.values()) {
          expect(sentence).toMatch(/\.$/);
          expect(sentence).not.toContain(where);
        }
      },
    ),
    { numRuns: 1000 },
  );
});

test('each control that holds no sense has a sentence of its own', () => {
  const texts = new Map([
    ['learningRate', '-1'],
    ['epochs', '0'],
    ['initialisations', ''],
    ['hiddenSizes', '16, many'],
    ['data.noise', '7'],
  ]);
  const { value, problems } = readForm(
    field,
    drawn(htmlOf(classic), new Map(), texts).controls,
    judge,
  );
  expect(value).toBeNull();
  expect(Object.fromEntries(problems)).toEqual({
    learningRate: 'Learning rate is -1: expected more than 0.',
    epochs: 'Epochs is 0: expected at least 1.',
    initialisations: 'Initialisations needs a number.',
    hiddenSizes: 'Hidden sizes are whole numbers with commas, such as 16, 16.',
    'data.noise': 'Noise is 7: expected at most 5.',
  });
});

test('a rule between settings is told beside the one that breaks it', () => {
  const texts = new Map([['snapshots', '500']]);
  const { problems } = readForm(field, drawn(htmlOf(classic), new Map(), texts).controls, judge);
  expect([...problems.keys()]).toEqual(['snapshots']);
  expect(problems.get('snapshots')).toMatch(/^Snapshots is 500: training takes 100 steps/);
});

test('what a setting holds cannot become HTML', () => {
  const html = htmlOf({ ...classic, title: '"><img src=x onerror=alert(1)>' });
  expect(html).not.toContain('<img');
  expect(drawn(html).root.querySelectorAll('img').length).toBe(0);
});

test('every control has a label, and no two things one id', () => {
  const { root } = drawn(htmlOf(classic));
  const ids = [...root.querySelectorAll('[id]')].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const control of root.querySelectorAll('input, select')) {
    const label =
      control.getAttribute('aria-label') ??
      root.querySelector(`label[for="${control.id}"]`)?.textContent;
    expect(label, control.outerHTML).toBeTruthy();
  }
  expect(htmlOf(classic)).not.toContain('style=');
});

test('leaves are the settings that apply', () => {
  const paths = leavesOf(field, classic).map(({ path }) => path);
  expect(paths).toContain('optimiser.beta1');
  expect(paths).not.toContain('optimiser.momentum');
  expect(paths).toContain('data.noise');
});
