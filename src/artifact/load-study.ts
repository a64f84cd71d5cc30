// A study's results as figures and prose read them: at build from disk, in the page by fetch.
import { ArtifactError } from './artifact-error.ts';
import { manifestFile } from './files.ts';
import type { ReadArtifactFile } from './load-run.ts';
import { studyFormat, studyVersion } from './manifest-version.ts';
import { joinResult } from './result-tree.ts';
import { decodeShownTensors } from './result-tensors.ts';
import { shownResultFile, studyFolder } from './study-files.ts';
import type { StudyClaim } from './study-manifest.ts';
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

/**
 * @param analyses whose results to read; all if not given.
 * @throws ArtifactError, one sentence, where the artifact is damaged or of another version.
 */
export async function loadStudy(
  name: string,
  read: ReadArtifactFile,
  analyses?: readonly string[],
): Promise<StudyDisplay> {
  return loadFrom(manifestFile, name, read, analyses);
}

/** The same for a page, which reads the outlines of those analyses and not the whole manifest. */
export async function loadOutlinedStudy(
  name: string,
  read: ReadArtifactFile,
  analyses: readonly string[],
): Promise<StudyDisplay> {
  const parts = await Promise.all(
    analyses.map((analysis) => loadFrom(outlineFile(analysis), name, read, [analysis])),
  );
  const [first] = parts;
  if (!first) throw new ArtifactError(`no analysis of the study ${name} was asked for`);
  return { ...first, results: Object.assign({}, ...parts.map(({ results }) => results)) };
}

async function loadFrom(
  file: string,
  name: string,
  read: ReadArtifactFile,
  analyses?: readonly string[],
): Promise<StudyDisplay> {
  const folder = studyFolder(name);
  const manifest = outlineOf(await read(`${folder}/${file}`), `${folder}/${file}`);
  const wanted = analyses ?? Object.keys(manifest.results);
  const results = await Promise.all(
    wanted.map(async (analysis) => {
      if (!Object.hasOwn(manifest.results, analysis)) {
        const known = Object.keys(manifest.results).join(', ') || 'none';
        throw new ArtifactError(
          `the study ${name} has no analysis "${analysis}": expected one of ${known}`,
        );
      }
      const path = `${folder}/${shownResultFile(analysis)}`;
      const tensorAt = decodeShownTensors(await unzippedFile(await read(path), path), path);
      return [analysis, joinResult(manifest.results[analysis], tensorAt, path)] as const;
    }),
  );
  return {
    study: manifest.study,
    provider: manifest.provider,
    conditions: manifest.conditions,
    results: Object.fromEntries(results),
    claims: claimsByName(manifest.claims),
  };
}

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
  let value: Partial<StudyOutline> | null;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ArtifactError(`${where} is not JSON: run the experiment again`);
  }
  const isOurs = value?.format === studyFormat && value.schemaVersion === studyVersion;
  const isWhole = value?.study && value.conditions && value.results && value.claims;
  if (!isOurs || !isWhole) {
    throw new ArtifactError(
      `${where} is not a Loss Atlas study manifest of version ${studyVersion}: run the experiment again`,
    );
  }
  return value as StudyOutline;
}
