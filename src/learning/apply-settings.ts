// Changes single settings of an experiment from text, as `--set key=value` does.
import { ExperimentError } from './experiment-error.ts';
import { dataSchema, optimiserSchema, scheduleSchema } from './experiment.ts';
import type { PlainObject } from './plain-object.ts';
import { quote } from './quote.ts';

const unions: Partial<
  Record<string, typeof dataSchema | typeof optimiserSchema | typeof scheduleSchema>
> = { data: dataSchema, optimiser: optimiserSchema, schedule: scheduleSchema };

/**
 * A copy of `input` with each `key=value` set, in order: `epochs=20`, `data.noise=0.3`, `hiddenSizes=[32,32]`,
 * `hiddenSizes.0=32`. A value is JSON, or else the text itself (`activation=relu`). A new `data.kind`,
 * `optimiser.kind` or `schedule.kind` drops the settings that the new kind does not know. Whether keys and
 * values make sense is for `parseExperiment` to say. Throws `ExperimentError` where a setting cannot be placed.
 */
export function applySettings(input: object, settings: readonly string[]): PlainObject {
  const result = { ...input } as PlainObject;
  for (const setting of settings) {
    const equals = setting.indexOf('=');
    if (equals < 1) {
      throw new ExperimentError(
        `${quote(setting)} is not a setting: expected key=value, such as epochs=20 (--set)`,
      );
    }
    set(result, setting.slice(0, equals).trim(), valueOf(setting.slice(equals + 1).trim()));
  }
  return result;
}

/** Copies what lies on the path and nothing else: what somebody else wrote may be too deep to copy whole. */
function set(root: PlainObject, path: string, value: unknown): void {
  const keys = path.split('.');
  if (keys.some((key) => ['', '__proto__', 'constructor', 'prototype'].includes(key))) {
    throw new ExperimentError(
      `${quote(path)} is not a setting: expected names joined by points, such as data.noise (--set)`,
    );
  }
  const last = keys.pop() as string;
  let holder = root;
  for (const key of keys) {
    if (!Object.hasOwn(holder, key)) holder[key] = {};
    const next = holder[key];
    if (typeof next !== 'object' || next === null) {
      throw new ExperimentError(
        `${path} cannot be set: ${key} is ${quote(next)}, not an object (--set)`,
      );
    }
    holder = holder[key] = (Array.isArray(next) ? [...next] : { ...next }) as PlainObject;
  }
  holder[last] = value;
  if (last === 'kind' && keys.length === 1) dropForeignKeys(holder, unions[keys[0] as string]);
}

function dropForeignKeys(holder: PlainObject, union: (typeof unions)[string]): void {
  const option = union?.options.find(({ shape }) => shape.kind.value === holder['kind']);
  if (!option) return;
  for (const key of Object.keys(holder)) if (!Object.hasOwn(option.shape, key)) delete holder[key];
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
