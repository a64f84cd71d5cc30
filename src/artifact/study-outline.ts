// The part of a study's manifest that a figure of one analysis needs, small enough for every page that draws it.
import type { StudyManifest } from './study-manifest.ts';

export type StudyOutline = Pick<
  StudyManifest,
  'format' | 'schemaVersion' | 'study' | 'provider' | 'conditions' | 'results' | 'claims'
>;

/** Where a page finds it, below the study's folder; it is written while the site is built. */
export const outlineFile = (analysis: string): string => `outline/${analysis}.json`;

/** @param manifest of the study, as the build has checked it. */
export function outlineFor(manifest: unknown, analysis: string): StudyOutline {
  const { format, schemaVersion, study, provider, conditions, results, claims } =
    manifest as StudyManifest;
  return {
    format,
    schemaVersion,
    study,
    provider,
    conditions,
    results: { [analysis]: results[analysis] },
    claims,
  };
}
