// An experiment's settings in words, from the one schema: a new parameter appears here by itself.
import type { Experiment } from './experiment.ts';
import { experimentSchema } from './experiment.ts';

export interface Setting {
  readonly label: string;
  readonly value: string;
}

/** A longer list, such as points drawn by hand, is counted. */
const mostListed = 32;

const left: ReadonlySet<string> = new Set(['name', 'title']);

export function settingsOf(experiment: Experiment): Setting[] {
  return Object.entries(experiment)
    .filter(([key]) => !left.has(key))
    .map(([key, value]) => ({ label: labelOf(key), value: settingInWords(value) }));
}

function labelOf(key: string): string {
  const field = experimentSchema.shape[key as keyof typeof experimentSchema.shape];
  const label = field?.meta()?.['label'];
  return typeof label === 'string' ? label : separated(key);
}

/** "recordEvery" reads "Record every". */
function separated(key: string): string {
  const words = key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function settingInWords(value: unknown): string {
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (Array.isArray(value)) {
    if (value.length > mostListed) return `${value.length} of them`;
    return value.length > 0 ? value.map(settingInWords).join(', ') : 'none';
  }
  if (value !== null && typeof value === 'object') {
    return Object.entries(value)
      .map(([key, part]) =>
        key === 'kind' ? String(part) : `${separated(key).toLowerCase()} ${settingInWords(part)}`,
      )
      .join(', ');
  }
  return String(value);
}
