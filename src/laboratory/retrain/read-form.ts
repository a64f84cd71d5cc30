// What the reader has set, as an experiment, or one sentence for each control that holds no sense.
import { dataDimensions } from '../../learning/data-dimensions.ts';
import type { DataSpec, Experiment } from '../../learning/experiment.ts';
import { ExperimentError, parseExperiment } from '../../learning/parse-experiment.ts';
import { parseHiddenSizes } from './hidden-sizes.ts';

export interface FormReading {
  /** Null where something is wrong. */
  readonly experiment: Experiment | null;
  /** By control name, such as 'learningRate' or 'data.noise'. */
  readonly problems: ReadonlyMap<string, string>;
  /** What is wrong with the settings taken together; null where nothing is. */
  readonly together: string | null;
}

/** One control: its name is a path of the experiment. */
export interface ControlValue {
  readonly name: string;
  readonly label: string;
  readonly text: string;
  readonly type: 'number' | 'text' | 'choice';
}

type Plain = Record<string, unknown>;

const where = 'the form';

/** `base` gives every setting that has no control. */
export function readControls(base: Experiment, controls: readonly ControlValue[]): FormReading {
  const problems = new Map<string, string>();
  const values = new Map<string, unknown>();
  for (const control of controls) {
    const { value, problem } = valueOf(control);
    if (problem) problems.set(control.name, problem);
    else values.set(control.name, value);
  }
  for (const { name, label } of controls) {
    if (problems.has(name) || !values.has(name)) continue;
    const problem = problemOf(withValues(base, valuesAround(name, values)), name, label);
    if (problem) problems.set(name, problem);
  }
  if (problems.size > 0) return { experiment: null, problems, together: null };
  try {
    return {
      experiment: parseExperiment(withValues(base, values), where),
      problems,
      together: null,
    };
  } catch (error) {
    return { experiment: null, problems, together: sentenceOf(error) };
  }
}

function valueOf({ text, type, name, label }: ControlValue): { value?: unknown; problem?: string } {
  if (name === 'hiddenSizes') {
    const value = parseHiddenSizes(text);
    return value
      ? { value }
      : {
          problem: `${label} are whole numbers with commas, such as 16, 16.`,
        };
  }
  if (type !== 'number') return { value: text };
  const value = text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) ? { value } : { problem: `${label} needs a number.` };
}

/** A control is judged with the kind it belongs to, and otherwise alone. */
function valuesAround(name: string, values: ReadonlyMap<string, unknown>): Map<string, unknown> {
  const near = new Map([[name, values.get(name)]]);
  const kind = `${name.split('.')[0]}.kind`;
  if (values.has(kind)) {
    for (const [key, value] of values) if (key.startsWith('data.')) near.set(key, value);
  }
  return near;
}

/** The base with values laid over it; a new kind drops the settings of the old one. */
function withValues(base: Experiment, values: ReadonlyMap<string, unknown>): Plain {
  const result = structuredClone(base) as unknown as Plain;
  const kinds = [...values].filter(([path]) => path.endsWith('.kind'));
  for (const [path, kind] of kinds) {
    const group = path.split('.')[0] as string;
    if ((result[group] as Plain)['kind'] !== kind) result[group] = { kind };
  }
  for (const [path, value] of values) {
    const [group, key] = path.split('.') as [string, string?];
    if (key === undefined) result[group] = value;
    else (result[group] as Plain)[key] = value;
  }
  if (!fitsBatches(result, base.batchSize)) result['batchSize'] = 'full';
  // As many snapshots as the steps allow is for the schema to find.
  if (base.snapshots > Number(result['epochs'])) delete result['snapshots'];
  return result;
}

/** The form has no control for the batch size, so a set too small for the base's batches is learned whole. */
function fitsBatches({ data, testFraction }: Plain, batchSize: Experiment['batchSize']): boolean {
  if (batchSize === 'full') return true;
  const { samples } = dataDimensions(data as DataSpec) ?? { samples: 0 };
  return samples - Math.ceil(samples * Number(testFraction)) >= batchSize;
}

function problemOf(input: Plain, name: string, label: string): string | null {
  try {
    parseExperiment(input, where);
    return null;
  } catch (error) {
    const sentence = sentenceOf(error);
    // Another setting's fault is told beside that setting.
    const isOwn = sentence.startsWith(`${name} `) || sentence.startsWith(`${name}[`);
    return isOwn ? `${label}${sentence.slice(name.length)}` : null;
  }
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof ExperimentError)) throw error;
  return `${error.message.replace(` (${where})`, '')}.`;
}
