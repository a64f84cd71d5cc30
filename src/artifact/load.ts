// An artifact as figures and prose read it: at build from checked files, in the page by fetch.
import {
  boundariesFrom,
  type BoundariesResult,
} from '../landscape/analyses/boundaries/boundaries-result.ts';
import type { BoundaryHistoryResult } from '../landscape/analyses/boundary-history/boundary-history-result.ts';
import {
  landscapeFrom,
  type LandscapeResult,
} from '../landscape/analyses/landscape/landscape-result.ts';
import type { Curves } from '../learning/history.ts';
import type { PreparedData, Samples } from '../learning/samples.ts';
import { ArtifactError } from './artifact-error.ts';
import type { CheckedArtifact } from './checked-artifact.ts';
import { decodeCurves } from './display-curves.ts';
import { decodeData, type DataFacts } from './display-data.ts';
import type { RunDisplay, StudyDisplay } from './display.ts';
import {
  answeredAnalyses,
  isTrainingPart,
  keepsHistory,
  outlineFile,
  outlinedResult,
  resultFile,
  shownResultFile,
  trainingDisplay,
  type TrainingPart,
} from './files.ts';
import type { ArtifactClaim, ConditionFacts, TrainingFacts } from './manifest.ts';
import { outlineOf, parseOutline, type Outline } from './outline.ts';
import { parseJson } from './parse-json.ts';
import { decodeShownTensors } from './result-tensors.ts';
import { joinResult } from './result-tree.ts';
import { unzippedFile } from './unzipped-file.ts';

/** Bytes of a file, by its path below the folder of artifacts: 'fifty/outline.json'. */
export type ReadArtifactFile = (path: string) => Promise<Uint8Array>;

export interface ArtifactDisplay extends StudyDisplay {
  /** Of a run of its own, what training recorded; null for what was not asked for. */
  readonly data: PreparedData | null;
  readonly curves: Curves | null;
}

/** With all that an artifact holds, as the site's build reads it. */
export interface WholeArtifact extends ArtifactDisplay {
  /** Why an analysis has no result, by its name. */
  readonly unanswered: Readonly<Record<string, string>>;
}

/**
 * @param name of the artifact, its folder.
 * @param read files of the site: outlines and display files.
 * @param parts what to read: 'data' and 'curves' of a run of its own, and analyses by name.
 * @throws ArtifactError, one sentence, where a file is damaged or of another version.
 */
export async function load(
  name: string,
  read: ReadArtifactFile,
  parts: readonly string[],
): Promise<ArtifactDisplay> {
  const path = `${name}/${outlineFile}`;
  const outline = parseOutline(await read(path), path);
  const files = { folder: name, read: (file: string) => read(`${name}/${file}`) };
  return withParts(outline, { ...files, jsonFile: outlinedResult }, parts);
}

/** The same with all that the artifact holds, from its own files. */
export async function loadWhole({ manifest, read }: CheckedArtifact): Promise<WholeArtifact> {
  const own = keepsHistory(manifest) ? Object.keys(trainingDisplay) : [];
  const parts = [...own, ...answeredAnalyses(manifest)];
  const files = { folder: manifest.name, read, jsonFile: resultFile };
  return {
    ...(await withParts(outlineOf(manifest), files, parts)),
    unanswered: manifest.unanswered,
  };
}

interface Files {
  /** For messages. */
  readonly folder: string;
  /** By the path inside the artifact. */
  readonly read: (path: string) => Promise<Uint8Array>;
  /** Where a result's plain data lie. */
  readonly jsonFile: (analysis: string) => string;
}

async function withParts(
  outline: Outline,
  files: Files,
  parts: readonly string[],
): Promise<ArtifactDisplay> {
  const { study, provider, conditions } = outline;
  const own = keepsHistory(outline) ? parts.filter(isTrainingPart) : [];
  const analyses = parts.filter((part) => !own.some((each) => each === part));
  const unzip = async (path: string) => {
    const where = `${files.folder}/${path}`;
    return { bytes: await unzippedFile(await files.read(path), where), where };
  };
  const training = async <T>(
    part: TrainingPart,
    decode: (bytes: Uint8Array, where: string) => T,
  ) => {
    if (!own.includes(part)) return null;
    const { bytes, where } = await unzip(trainingDisplay[part]);
    return decode(bytes, where);
  };
  const resultOf = async (analysis: string) => {
    const path = files.jsonFile(analysis);
    const [bytes, shown] = await Promise.all([files.read(path), unzip(shownResultFile(analysis))]);
    const json = parseJson(bytes, `${files.folder}/${path}`);
    const tensorAt = decodeShownTensors(shown.bytes, shown.where);
    return [analysis, joinResult(json, tensorAt, shown.where)] as const;
  };
  const [data, curves, results] = await Promise.all([
    training('data', (bytes, where) => decodeData(bytes, dataOf(conditions), where)),
    training('curves', decodeCurves),
    Promise.all(analyses.map(resultOf)),
  ]);
  return {
    ...{ study, provider, conditions, data, curves },
    results: Object.fromEntries(results),
    claims: claimsByName(outline.claims),
  };
}

function claimsByName(claims: readonly ArtifactClaim[]): Record<string, ArtifactClaim> {
  const byName: Record<string, ArtifactClaim> = {};
  for (const claim of claims) {
    const isTaken = Object.hasOwn(byName, claim.id);
    byName[isTaken ? `${claim.analysis}/${claim.id}` : claim.id] = claim;
  }
  return byName;
}

/** As figures of one run draw it; what was not read is empty (data, curves) or null (boundaries, landscape). */
export function runOf({ study, provider, conditions, ...loaded }: ArtifactDisplay): RunDisplay {
  const [{ experiment }] = study.conditions as [StudyDisplay['study']['conditions'][number]];
  const { landscape, boundaries, 'boundary-history': history } = loaded.results;
  return {
    experiment,
    provider,
    data: loaded.data ?? withoutSamples(dataOf(conditions)),
    curves: loaded.curves ?? noCurves,
    statistics: trainingOf(conditions).statistics,
    boundaries: boundaries ? boundariesFrom(boundaries as BoundariesResult) : null,
    landscape: landscape ? landscapeFrom(landscape as LandscapeResult) : null,
    boundaryHistory: history ? (history as BoundaryHistoryResult) : null,
  };
}

/** @throws ArtifactError where first and last weights are all that is kept. */
function trainingOf([facts]: readonly ConditionFacts[]): TrainingFacts {
  if (facts?.training) return facts.training;
  throw new ArtifactError(
    'an artifact that compares ways of training is none of a run: name one of an experiment without conditions',
  );
}

function dataOf(conditions: readonly ConditionFacts[]): DataFacts {
  const { mean, scale, trainCount: _, testCount: __, ...facts } = trainingOf(conditions).data;
  const normalisation = { mean: Float32Array.from(mean), scale: Float32Array.from(scale) };
  return { ...facts, normalisation };
}

function withoutSamples(facts: DataFacts): PreparedData {
  const none = new Float32Array(0);
  const empty: Samples = { count: 0, inputs: none, targets: none, labels: null };
  return { ...facts, train: empty, test: empty };
}

const noCurves: Curves = {
  steps: new Int32Array(0),
  epochs: new Float32Array(0),
  trainLoss: new Float32Array(0),
  trainAccuracy: null,
  testLoss: null,
  testAccuracy: null,
  gradientNorm: new Float32Array(0),
};
