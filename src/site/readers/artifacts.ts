// Reads artifacts from public/data while the site is built, each once.
import { readdir } from 'node:fs/promises';
import type { RunDisplay } from '../../artifact/display.ts';
import type { CheckedArtifact } from '../../artifact/checked-artifact.ts';
import { keepsHistory, resultFile, weightsFile } from '../../artifact/files.ts';
import { encodeFullLandscape } from '../../artifact/full-tensors.ts';
import { loadWhole, runOf, type WholeArtifact } from '../../artifact/load.ts';
import { outlineOf, type Outline } from '../../artifact/outline.ts';
import type { ConditionFacts } from '../../artifact/manifest.ts';
import { readResult } from '../../artifact/result-files.ts';
import { encodeSafetensors, stored } from '../../artifact/safetensors.ts';
import { decodeEnds } from '../../artifact/weights-file.ts';
import {
  landscapeFrom,
  planeFrom,
  type LandscapeResult,
} from '../../landscape/analyses/landscape/landscape-result.ts';
import { dataFolder, onceByName, openChecked } from './artifact-files.ts';

/** The files of an artifact, each checked when it is read. */
export const openedArtifact: (name: string) => Promise<CheckedArtifact> = onceByName(openChecked);

const loaded = onceByName(async (name) => loadWhole(await openedArtifact(name)));
const loadedRun = onceByName(async (name) => runOf(await loaded(name)));

/** The whole artifact; throws a sentence that says which there are if `name` is not one of them. */
export async function readStudy(name: string, place: string): Promise<WholeArtifact> {
  requireOneOf('study', name, await listArtifacts(), place);
  return loaded(name);
}

/** The run that an experiment without conditions is; throws a sentence that says which there are. */
export async function readRun(name: string, place: string): Promise<RunDisplay> {
  requireOneOf('run', name, await listRuns(), place);
  return loadedRun(name);
}

/** What pages read of it instead of its manifest. */
export const readOutline = async (name: string): Promise<Outline> =>
  outlineOf((await openedArtifact(name)).manifest);

/** The plain data of one of its results. */
export async function readResultData(name: string, analysis: string): Promise<unknown> {
  const { read } = await openedArtifact(name);
  return JSON.parse(new TextDecoder().decode(await read(resultFile(analysis))));
}

/** The landscape of a run with its plane, in one file. */
export async function fullLandscape(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const { read } = await openedArtifact(name);
  const result = (await readResult('landscape', read, name)) as LandscapeResult;
  return encodeFullLandscape(landscapeFrom(result), planeFrom(result));
}

/** The first and last weights `[N, P]` of a run, as `initial` and `final`. */
export async function firstAndLastWeights(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const { manifest, read } = await openedArtifact(name);
  const { networks, parameters } = manifest.conditions[0] as ConditionFacts;
  const { initial, final } = decodeEnds(
    await read(weightsFile),
    name,
    { networks, parameters },
    '',
  );
  const shape = [networks, parameters];
  return encodeSafetensors({ initial: stored(initial, shape), final: stored(final, shape) });
}

/** Names of the artifacts that have been precomputed. */
export async function listArtifacts(): Promise<string[]> {
  const entries = await readdir(dataFolder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.includes('.'))
    .map((entry) => entry.name)
    .sort();
}

/** Of those, the ones that compare nothing. */
export async function listRuns(): Promise<string[]> {
  const names = await listArtifacts();
  const whole = await Promise.all(
    names.map(async (name) => keepsHistory((await openedArtifact(name)).manifest)),
  );
  return names.filter((_, index) => whole[index]);
}

function requireOneOf(what: string, name: string, known: readonly string[], place: string): void {
  if (known.includes(name)) return;
  const there = known.length > 0 ? known.join(', ') : 'none';
  throw new Error(
    `No ${what} is called '${name}' (${place}): public/data holds ${there}; run 'npx atlas run ${name}' or correct the name.`,
  );
}
