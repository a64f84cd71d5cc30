// What pages read of an artifact instead of its manifest: what it is about, without files and checksums.
import { ArtifactError } from './artifact-error.ts';
import type { Manifest } from './manifest.ts';
import { artifactFormat, artifactVersion } from './manifest-version.ts';
import { parseJson } from './parse-json.ts';

export type Outline = Pick<
  Manifest,
  'format' | 'schemaVersion' | 'study' | 'provider' | 'conditions' | 'claims'
>;

export const outlineOf = ({
  format,
  schemaVersion,
  study,
  provider,
  conditions,
  claims,
}: Outline): Outline => ({ format, schemaVersion, study, provider, conditions, claims });

/**
 * Reads an outline without a schema: a page that draws was built from an artifact that the build has checked, and so
 * does without the schema's kilobytes. Version and outline are checked.
 */
export function parseOutline(bytes: Uint8Array, where: string): Outline {
  const value = parseJson(bytes, where) as Partial<Outline> | null;
  const isOurs = value?.format === artifactFormat && value.schemaVersion === artifactVersion;
  const isWhole = value?.study && value.conditions && value.claims;
  if (!isOurs || !isWhole) {
    throw new ArtifactError(
      `${where} is not that of a Loss Atlas artifact of version ${artifactVersion}: run the experiment again`,
    );
  }
  const { conditions } = value as Outline;
  return { ...(value as Outline), conditions: conditions.map(withNumbers) };
}

/** JSON has no NaN and says null: here every null inside a summary of statistics is a NaN again. */
function withNumbers(facts: Outline['conditions'][number]): Outline['conditions'][number] {
  const { training } = facts;
  if (!training) return facts;
  const statistics = Object.fromEntries(
    Object.entries(training.statistics).map(([key, value]) => [
      key,
      isSummary(value) ? nullsToNaN(value) : value,
    ]),
  ) as typeof training.statistics;
  return { ...facts, training: { ...training, statistics } };
}

const isSummary = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'meanInterval' in value;

function nullsToNaN(value: unknown): unknown {
  if (value === null) return NaN;
  if (Array.isArray(value)) return value.map(nullsToNaN);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, nullsToNaN(item)]));
}
