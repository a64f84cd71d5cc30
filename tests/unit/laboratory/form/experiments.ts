// Arbitrary valid experiments, drawn from the schema's own description.
import fc from 'fast-check';
import { experimentSchema, type Experiment } from '../../../../src/learning/experiment.ts';
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import { describeSchema } from '../../../../src/laboratory/form/describe-schema.ts';
import { keyOf, type Field } from '../../../../src/laboratory/form/form-field.ts';

/** Values of facts, which the form takes as they are. */
const facts: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  'data.points': fc.array(
    fc.tuple(
      fc.double({ min: -5, max: 5, noNaN: true }),
      fc.double({ min: -5, max: 5, noNaN: true }),
      fc.integer({ min: 0, max: 3 }),
    ),
    { minLength: 8, maxLength: 20 },
  ),
  rateChanges: fc.constant([{ step: 3, learningRate: 0.02 }]),
};

const slug = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/);

/** Any value that the field's own bounds allow. */
export function valueOf(field: Field): fc.Arbitrary<unknown> {
  const fact = facts[field.path];
  if (fact) return optional(field, fact);
  switch (field.kind) {
    case 'constant':
      return fc.constant(field.value);
    case 'number': {
      const low = field.minimum ?? 0;
      const high = Math.min(field.maximum ?? 1e6, 1e6);
      const number = field.isWhole
        ? fc.integer({ min: low, max: Math.max(low, Math.min(high, low + 2000)) })
        : fc.double({
            min: low,
            max: high,
            minExcluded: field.isMinimumExcluded,
            maxExcluded: field.isMaximumExcluded,
            noNaN: true,
          });
      // A typed zero has no sign.
      return optional(
        field,
        number.map((value) => (value === 0 ? 0 : value)),
      );
    }
    case 'text':
      return optional(
        field,
        field.path === 'name' ? slug : fc.string({ minLength: 1, maxLength: field.longest ?? 40 }),
      );
    case 'switch':
      return fc.boolean();
    case 'choice':
      return optional(field, fc.constantFrom(...field.options.map(({ literal }) => literal)));
    case 'either':
      return optional(
        field,
        fc.oneof(
          ...field.options.map((option) =>
            'field' in option ? valueOf(option.field) : fc.constant(option.literal),
          ),
        ),
      );
    case 'list':
      return fc.array(fc.integer({ min: 1, max: 64 }), { maxLength: 4 });
    case 'some':
      return fc.subarray(
        field.options.map(({ value }) => value),
        { minLength: 1 },
      );
    case 'group':
      return record(field.fields);
    case 'variants':
      return fc.oneof(
        ...field.options.map(({ value, fields }) =>
          record(fields).map((rest) => ({ [field.discriminator]: value, ...rest })),
        ),
      );
    case 'maybe':
      return fc.oneof(fc.constant(field.absent), valueOf(field.field));
    case 'entries':
      return fc.dictionary(slug, valueOf(field.entry('main')), { minKeys: 1, maxKeys: 3 });
    case 'file':
      return fc.constant(undefined);
    case 'fact':
      return fc.constant(field.standard);
  }
}

const optional = (field: Field, value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  'isOptional' in field && field.isOptional ? fc.oneof(fc.constant(undefined), value) : value;

const record = (fields: readonly Field[]): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .tuple(...fields.map(valueOf))
    .map((values) =>
      Object.fromEntries(
        fields
          .map((field, i) => [keyOf(field), values[i]] as const)
          .filter(([, value]) => value !== undefined),
      ),
    );

/** Those of what the bounds allow that break no rule between settings. */
export const experiments: fc.Arbitrary<Experiment> = valueOf(describeSchema(experimentSchema))
  .map((plain) => repaired(plain as Record<string, unknown>))
  .filter((experiment) => experiment !== null);

/** The settings that clash most often are put right, since else hardly any would be left. */
function repaired(plain: Record<string, unknown>): Experiment | null {
  const isTwo = (plain['data'] as { kind: string }).kind === 'two-weights';
  const two = { hiddenSizes: [1], activation: 'linear', bias: false, residual: false };
  const fit = isTwo ? { ...two, loss: 'mean-squared-error' } : { directions: 'pca' };
  for (const more of [{}, { batchSize: 'full', snapshots: 2 }]) {
    try {
      return parseExperiment({ ...plain, ...fit, ...more }, 'a test');
    } catch {
      continue;
    }
  }
  return null;
}
