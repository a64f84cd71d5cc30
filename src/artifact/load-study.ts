// A study's results as figures and prose read them: at build from disk, in the page by fetch.
import { ArtifactError } from './artifact-error.ts';
import { manifestFile } from './files.ts';
import { unzipped } from './gzip.ts';
import type { ReadArtifactFile } from './load-run.ts';
import { studyFormat, studyVersion } from './manifest-version.ts';
import { joinResult } from './result-tree.ts';
import { decodeShownTensors } from './result-tensors.ts';
import { shownResultFile, studyFolder } from './study-files.ts';
import type { StudyClaim, StudyManifest } from './study-manifest.ts';

export interface StudyDisplay {
  readonly study: StudyManifest['study'];
  readonly provider: string;
  readonly conditions: StudyManifest['conditions'];
  /** By analysis; tensors are there, but for those that no figure draws, which are null. */
  readonly results: Readonly<Record<string, unknown>>;
  /** By id. */
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
  const folder = studyFolder(name);
  const manifest = outlineOf(await read(`${folder}/${manifestFile}`), `${folder}/${manifestFile}`);
  const wanted = analyses ?? Object.keys(manifest.results);
  const results = await Promise.all(
    wanted.map(async (analysis) => {
      const path = `${folder}/${shownResultFile(analysis)}`;
      const tensorAt = decodeShownTensors(await unzipped(await read(path)), path);
      return [analysis, joinResult(manifest.results[analysis], tensorAt, path)] as const;
    }),
  );
  return {
    study: manifest.study,
    provider: manifest.provider,
    conditions: manifest.conditions,
    results: Object.fromEntries(results),
    claims: Object.fromEntries(manifest.claims.map((claim) => [claim.id, claim])),
  };
}

/** Without the schema, for a page; `atlas verify` and the build check the whole. */
function outlineOf(bytes: Uint8Array, where: string): StudyManifest {
  let value: Partial<StudyManifest> | null;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ArtifactError(`${where} is not JSON: run the experiment again`);
  }
  const isOurs = value?.format === studyFormat && value.schemaVersion === studyVersion;
  if (!isOurs || !value?.study || !value.results || !value.claims) {
    throw new ArtifactError(
      `${where} is not a Loss Atlas study manifest of version ${studyVersion}: run the experiment again`,
    );
  }
  return value as StudyManifest;
}
