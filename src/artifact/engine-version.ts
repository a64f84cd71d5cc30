// What computed an artifact, as one hash over its sources and packages, so that both can be held against it.
import { ArtifactError } from './artifact-error.ts';
import { canonicalJson } from './canonical-json.ts';
import { sha256 } from './checksum.ts';

/** SHA-256 of the sources' hash and the packages' versions; Node's own, which computes nothing, does not count. */
export function engineVersionOf(
  sourcesHash: string,
  { node: _, ...packages }: Readonly<Record<string, string>>,
): Promise<string> {
  return sha256(`${sourcesHash}\n${canonicalJson(packages)}`);
}

/** @throws ArtifactError where a version is not that of the packages which computed. */
export async function checkVersions(
  {
    sourcesHash,
    versions,
    engineVersion,
  }: {
    readonly sourcesHash: string;
    readonly versions: Readonly<Record<string, string>>;
    readonly engineVersion: string;
  },
  where: string,
): Promise<string> {
  if ((await engineVersionOf(sourcesHash, versions)) === engineVersion) {
    return 'engine version: follows from the sources and the versions of all packages';
  }
  throw new ArtifactError(
    `${where}: the engine version does not follow from the sources and the versions of packages; run the experiment again`,
  );
}
