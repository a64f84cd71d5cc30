// What a figure of one analysis needs of a study beside the tensors, small enough for every page that draws it.
import type { CheckedArtifact } from './checked-artifact.ts';
import { parseJson } from './parse-json.ts';
import { resultFile, studyFolder } from './study-files.ts';
import type { StudyManifest } from './study-manifest.ts';

export interface StudyOutline extends Pick<
  StudyManifest,
  'format' | 'schemaVersion' | 'study' | 'provider' | 'conditions' | 'claims'
> {
  /** By analysis, plain data as the result's file has it. */
  readonly results: Readonly<Record<string, unknown>>;
}

/** Where a page finds it, below the study's folder; it is written while the site is built. */
export const outlineFile = (analysis: string): string => `outline/${analysis}.json`;

export async function outlineFor(
  { manifest, read }: CheckedArtifact<StudyManifest>,
  analysis: string,
): Promise<StudyOutline> {
  const { format, schemaVersion, study, provider, conditions, claims } = manifest;
  const path = resultFile(analysis);
  const result = parseJson(await read(path), `${studyFolder(study.name)}/${path}`);
  return {
    format,
    schemaVersion,
    study,
    provider,
    conditions,
    results: { [analysis]: result },
    claims,
  };
}
