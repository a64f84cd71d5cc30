// Whether an artifact holds what it says: schema, checksums, agreement of its parts, surface points evaluated again.
import type { Evaluation } from '../learning/evaluator.ts';
import { ArtifactError } from './artifact-error.ts';
import { checkFiles } from './check-files.ts';
import { contentHash } from './content-hash.ts';
import { fullFiles, manifestFile } from './files.ts';
import { decodeFullLandscape, decodeHistory } from './full-tensors.ts';
import { parseManifest, type Manifest } from './manifest.ts';
import { checkEnds, checkSurface } from './verify-numbers.ts';
import { checkDisplay, checkInitialWeights, checkSizes, checkStatistics } from './verify-parts.ts';

export interface VerifyOptions {
  /** Bytes of a file of the artifact, by its path inside it. */
  readonly read: (path: string) => Promise<Uint8Array>;
  /** The artifact's folder, for messages. */
  readonly where: string;
  /** Training loss and accuracy of networks `[M, P]`, computed afresh. */
  readonly evaluate: (weights: Float32Array, manifest: Manifest) => Promise<Evaluation>;
  /** How many surface points to evaluate again; all where there are fewer. */
  readonly points?: number;
}

/** One thing that was found to hold, in words. */
export type Finding = string;

/** @throws ArtifactError at the first thing that does not hold. */
export async function verifyArtifact({
  read,
  where,
  evaluate,
  points = 64,
}: VerifyOptions): Promise<Finding[]> {
  const findings: Finding[] = [];
  const manifest = await parseManifest(await read(manifestFile), `${where}/${manifestFile}`);
  findings.push(
    `manifest: version ${manifest.schemaVersion}, every field as the schema asks, its own SHA-256 as told`,
  );

  await checkFiles(manifest, read, where);
  findings.push(`files: ${manifest.files.length} files, sizes and SHA-256 as listed`);

  const { experiment, engineVersion, data, start } = manifest;
  const hash = await contentHash({
    experiment,
    engineVersion,
    dataHash: data.sha256,
    startHash: start?.sha256,
  });
  if (hash !== manifest.contentHash) {
    throw new ArtifactError(
      `${where}: the content hash does not follow from configuration, data and engine version; run the experiment again`,
    );
  }
  findings.push('content hash: follows from configuration, data and engine version');

  const full = async (path: string) => ({ bytes: await read(path), where: `${where}/${path}` });
  const history = decodeHistory(await full(fullFiles.weights), await full(fullFiles.training));
  const { landscape, plane } = decodeFullLandscape(await full(fullFiles.landscape));
  findings.push(checkSizes(manifest, history, landscape, plane, where));
  findings.push(await checkInitialWeights(manifest, history, where));
  findings.push(checkStatistics(manifest, history, where));
  findings.push(await checkDisplay(manifest, landscape, read, where));

  const again = (weights: Float32Array) => evaluate(weights, manifest);
  findings.push(await checkEnds(history, again, where));
  findings.push(await checkSurface({ manifest, landscape, plane, again, points, where }));
  return findings;
}
