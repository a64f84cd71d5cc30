// The controls of the form, read from the one schema: options, labels, ranges and help. Used while the site is built.
import { z } from 'zod';
import { dataSchema, experimentSchema, type Experiment } from '../../learning/experiment.ts';
import { optionName } from '../form/setting-names.ts';

export interface NumberField {
  /** Path in the experiment, joined by points. */
  readonly path: string;
  readonly label: string;
  readonly help: string;
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly isWhole: boolean;
  readonly isLogarithmic: boolean;
  readonly value: number;
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

interface Described {
  readonly type?: string;
  readonly label?: string;
  readonly help?: string;
  readonly control?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly default?: unknown;
}

/** The two-weight problem has a place of its own, and points are placed by hand in the laboratory. */
const notHere: ReadonlySet<string> = new Set(['two-weights', 'points']);

const option = (value: string): Option => ({ value, label: optionName(value) });

const described = (schema: z.ZodType): Described =>
  z.toJSONSchema(schema, { io: 'input' }) as Described;

/** A number of the experiment, such as 'epochs'. */
export function numberField(key: keyof Experiment, experiment: Experiment): NumberField {
  return fieldOf(key, described(experimentSchema.shape[key]), experiment[key]);
}

export function labelOf(key: keyof Experiment): string {
  return described(experimentSchema.shape[key]).label ?? key;
}

export const dataOptions = (): Option[] =>
  dataSchema.options
    .map(({ shape }) => shape.kind.value)
    .filter((kind) => !notHere.has(kind))
    .map(option);

/** The numbers that each kind of data set takes, with the experiment's own values where it is of that kind. */
export function dataFields(experiment: Experiment): { kind: string; fields: NumberField[] }[] {
  return dataSchema.options
    .map((schema) => {
      const kind = schema.shape.kind.value;
      const own = experiment.data.kind === kind ? (experiment.data as Record<string, unknown>) : {};
      const fields = Object.entries(schema.shape)
        .map(([key, part]) => [key, described(part)] as const)
        .filter(([, { type }]) => type === 'integer' || type === 'number')
        .map(([key, part]) => fieldOf(`data.${key}`, part, own[key] ?? part.default));
      return { kind, fields };
    })
    .filter(({ kind }) => !notHere.has(kind));
}

export const activationOptions = (): Option[] => {
  const { enum: names } = described(experimentSchema.shape.activation) as { enum?: string[] };
  return (names ?? []).map(option);
};

export const optimiserOptions = (): Option[] =>
  experimentSchema.shape.optimiser.unwrap().options.map(({ shape }) => option(shape.kind.value));

function fieldOf(path: string, part: Described, value: unknown): NumberField {
  return {
    path,
    label: part.label ?? path,
    help: part.help ?? '',
    minimum: part.minimum ?? part.exclusiveMinimum ?? null,
    maximum: part.maximum ?? part.exclusiveMaximum ?? null,
    isWhole: part.type === 'integer',
    isLogarithmic: part.control === 'logarithmic',
    value: Number(value),
  };
}
