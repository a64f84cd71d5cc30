// Finds an experiment by name or file and gives it the size of a profile.
import { readdir } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { parseStudy, type Study } from '../src/landscape/study.ts';
import { nearest } from '../src/learning/nearest.ts';
import { applySettings } from '../src/learning/parse-experiment.ts';
import { isPlainObject, type PlainObject } from '../src/learning/plain-object.ts';
import { CommandError } from './command-error.ts';
import { experimentsFolder, projectRoot } from './paths.ts';
import { readJsonFile } from './read-json.ts';

export const profiles = ['published', 'quick'] as const;
export type Profile = (typeof profiles)[number];

export interface LoadedExperiment {
  readonly study: Study;
  /** 'file' for somebody's own. */
  readonly profile: Profile | 'file';
  /** The file it came from, for messages. */
  readonly where: string;
  /** Where that file lies, and the files that it names. */
  readonly folder: string;
}

/** Names of the project's own experiments: one file each. */
export async function experimentNames(): Promise<string[]> {
  const files = await readdir(experimentsFolder);
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => basename(file, '.json'))
    .sort();
}

/** 'all' stands for every experiment of the project. */
export async function expandNames(names: readonly string[]): Promise<string[]> {
  const known = await experimentNames();
  return [...new Set(names.flatMap((name) => (name === 'all' ? known : [name])))];
}

/**
 * A file holds an experiment, with the conditions that it compares and the analyses it asks for, if any; in it
 * `quick` may replace fields by smaller ones for tests, and settings of single analyses:
 * `{ "name": "moons", "epochs": 100, "quick": { "epochs": 10 } }`.
 *
 * @param settings `key=value` that come last, over file and profile.
 * @throws CommandError or ExperimentError, one sentence.
 */
export async function loadExperiment(
  nameOrFile: string,
  profile: Profile = 'published',
  settings: readonly string[] = [],
): Promise<LoadedExperiment> {
  const isFile =
    nameOrFile.endsWith('.json') || nameOrFile.includes('/') || nameOrFile.includes(sep);
  if (!isFile) await checkKnown(nameOrFile);
  const path = isFile ? nameOrFile : join(experimentsFolder, `${nameOrFile}.json`);
  const where = relativeToHere(path);
  const written = await readJsonFile(path);
  if (!isPlainObject(written)) {
    throw new CommandError(
      `${where} is not an experiment: expected an object such as {"data": {"kind": "moons"}}`,
    );
  }
  const { quick = {}, ...base } = written;
  if (!isPlainObject(quick)) {
    throw new CommandError(`quick is not an object: expected the fields to replace (${where})`);
  }
  const named = { name: nameFromFile(path), ...base };
  const sized = profile === 'quick' ? replaced(named, quick) : named;
  const study = parseStudy(applySettings(sized, settings), where);
  return { study, profile: isFile ? 'file' : profile, where, folder: dirname(path) };
}

/** Fields of `quick` in place of the file's, but for analyses, in each of which it replaces fields. */
function replaced(base: PlainObject, quick: PlainObject): PlainObject {
  const both: PlainObject = { ...base, ...quick };
  const [own, smaller] = [base['analyses'], quick['analyses']];
  // What is no object is for the schema to refuse.
  if (!isPlainObject(own)) return both;
  if (smaller === undefined) return { ...both, analyses: own };
  if (!isPlainObject(smaller)) return both;
  const analyses: Record<string, unknown> = { ...own };
  for (const [name, fields] of Object.entries(smaller)) {
    const known = analyses[name];
    analyses[name] =
      isPlainObject(known) && isPlainObject(fields) ? { ...known, ...fields } : fields;
  }
  return { ...both, analyses };
}

async function checkKnown(name: string): Promise<void> {
  const known = await experimentNames();
  if (known.includes(name)) return;
  const meant = nearest(name, [...known, 'all']);
  const hint = meant
    ? `did you mean "${meant}"?`
    : `expected one of ${known.join(', ')} or a .json file`;
  throw new CommandError(
    `there is no experiment ${JSON.stringify(name)}: ${hint} (atlas list shows them)`,
  );
}

/** A file name that can be an experiment's name is one, where the file does not say. */
function nameFromFile(path: string): string {
  const name = basename(path, '.json')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return name.slice(0, 64) || 'custom';
}

/** A short path in messages where the file lies below the project or the working folder. */
export function relativeToHere(path: string): string {
  for (const base of [process.cwd(), projectRoot]) {
    const short = relative(base, path);
    if (short && !short.startsWith('..') && !isAbsolute(short)) return short;
  }
  return path;
}
