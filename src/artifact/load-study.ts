// A study's results as figures and prose read them: at build from disk, in the page by fetch.
import { ArtifactError } from './artifact-error.ts';
import type { CheckedArtifact } from './checked-artifact.ts';
import type { ReadArtifactFile } from './load-run.ts';
import { studyFormat, studyVersion } from './manifest-version.ts';
import { parseJson } from './parse-json.ts';
import { joinResult } from './result-tree.ts';
import { decodeShownTensors } from './result-tensors.ts';
import { answeredAnalyses, resultFile, shownResultFile, studyFolder } from './study-files.ts';
import type { StudyClaim, StudyManifest } from './study-manifest.ts';
import { outlineFile, type StudyOutline } from './study-outline.ts';
import { unzippedFile } from './unzipped-file.ts';

export interface StudyDisplay {
  readonly study: StudyOutline['study'];
  readonly provider: string;
  readonly conditions: StudyOutline['conditions'];
  /** By analysis; tensors are there, but for those that no figure draws, which are null. */
  readonly results: Readonly<Record<string, unknown>>;
  /** By id; what a second analysis claims alike stands under its name and the id, `wide/curves-connect`. */
  readonly claims: Readonly<Record<string, StudyClaim>>;
}

/** A study with all its results, as the site's build reads it. */
export interface WholeStudy extends StudyDisplay {
  /** Why an analysis has no result, by its name. */
  readonly unanswered: Readonly<Record<string, string>>;
}

/** @throws ArtifactError, one sentence, where a file is damaged. */
export async function loadStudy({
  manifest,
  read,
}: CheckedArtifact<StudyManifest>): Promise<WholeStudy> {
  const folder = studyFolder(manifest.name);
  const results: Record<string, unknown> = {};
  for (const analysis of answeredAnalyses(manifest)) {
    const path = resultFile(analysis);
    const json = parseJson(await read(path), `${folder}/${path}`);
    results[analysis] = await shownResult(json, analysis, read, folder);
  }
  return { ...displayOf(manifest), results, unanswered: manifest.unanswered };
}

/** The same for a page, which reads the outlines of those analyses and not the whole manifest. */
export async function loadOutlinedStudy(
  name: string,
  read: ReadArtifactFile,
  analyses: readonly string[],
): Promise<StudyDisplay> {
  const folder = studyFolder(name);
  const parts = await Promise.all(
    analyses.map(async (analysis) => {
      const path = `${folder}/${outlineFile(analysis)}`;
      const outline = outlineOf(await read(path), path);
      const json = outline.results[analysis];
      const inside = (file: string) => read(`${folder}/${file}`);
      return { outline, result: await shownResult(json, analysis, inside, folder) };
    }),
  );
  const [first] = parts;
  if (!first) throw new ArtifactError(`no analysis of the study ${name} was asked for`);
  const results = Object.fromEntries(analyses.map((each, i) => [each, parts[i]!.result]));
  return { ...displayOf(first.outline), results };
}

/** A result with the tensors that figures draw. */
async function shownResult(
  json: unknown,
  analysis: string,
  read: (path: string) => Promise<Uint8Array>,
  folder: string,
): Promise<unknown> {
  const file = shownResultFile(analysis);
  const path = `${folder}/${file}`;
  const tensorAt = decodeShownTensors(await unzippedFile(await read(file), path), path);
  return joinResult(json, tensorAt, path);
}

const displayOf = ({
  study,
  provider,
  conditions,
  claims,
}: Pick<StudyOutline, 'study' | 'provider' | 'conditions' | 'claims'>) => ({
  study,
  provider,
  conditions,
  claims: claimsByName(claims),
});

function claimsByName(claims: readonly StudyClaim[]): Record<string, StudyClaim> {
  const byName: Record<string, StudyClaim> = {};
  for (const claim of claims) {
    const isTaken = Object.hasOwn(byName, claim.id);
    byName[isTaken ? `${claim.analysis}/${claim.id}` : claim.id] = claim;
  }
  return byName;
}

/** Without the schema, for a page; `atlas verify` and the build check the whole. */
function outlineOf(bytes: Uint8Array, where: string): StudyOutline {
  const value = parseJson(bytes, where) as Partial<StudyOutline> | null;
  const isOurs = value?.format === studyFormat && value.schemaVersion === studyVersion;
  const isWhole = value?.study && value.conditions && value.results && value.claims;
  if (!isOurs || !isWhole) {
    throw new ArtifactError(
      `${where} is not a Loss Atlas study manifest of version ${studyVersion}: run the experiment again`,
    );
  }
  return value as StudyOutline;
}
