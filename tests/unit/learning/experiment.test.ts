// Truth: what a form and a share link ask of the schema.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  dataSchema,
  experimentSchema,
  optimiserSchema,
  scheduleSchema,
} from '../../../src/learning/experiment.ts';

describe('experimentSchema', () => {
  it('has a default for every setting, or may do without', () => {
    const experiment = experimentSchema.parse({});
    const optional = ['dataSeed', 'splitSeed', 'startSeed', 'orderSeed', 'rateChanges', 'start'];
    expect([...Object.keys(experiment), ...optional].sort()).toEqual(
      Object.keys(experimentSchema.shape).sort(),
    );
  });

  it('survives JSON unchanged', () => {
    const experiment = experimentSchema.parse({ data: { kind: 'spirals', turns: 1.25 } });
    expect(experimentSchema.parse(JSON.parse(JSON.stringify(experiment)))).toEqual(experiment);
  });

  it.each([
    ...dataSchema.options.map((o) => ['data', o] as const),
    ...optimiserSchema.options.map((o) => ['optimiser', o] as const),
    ...scheduleSchema.options.map((o) => ['schedule', o] as const),
  ])('fills in every setting of a %s from its kind', (key, option) => {
    const kind = option.shape.kind.value;
    const points = Array.from({ length: 8 }, (_, i) => [i, i, i % 2]);
    const required = { csv: { path: 'x.csv' }, points: { points } };
    const given = required[kind as keyof typeof required];
    const experiment = experimentSchema.parse({ [key]: { kind, ...given } });
    const optional = { csv: 'labelColumn', cosine: 'overEpochs' };
    const left = optional[kind as keyof typeof optional];
    expect([...Object.keys(experiment[key]), ...(left ? [left] : [])].sort()).toEqual(
      Object.keys(option.shape).sort(),
    );
  });

  it('can be written as JSON schema, for editors', () => {
    const schema = z.toJSONSchema(experimentSchema, { io: 'input' });
    expect(schema.properties).toHaveProperty('hiddenSizes');
    expect(schema.additionalProperties).toBe(false);
  });
});
