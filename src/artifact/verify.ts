// Whether an artifact holds what it says: schema, checksums, agreement of its parts, and its numbers computed again.
import type { Executor } from '../engine/runtime/executor.ts';
import { ArtifactError } from './artifact-error.ts';
import { checkFiles } from './check-files.ts';
import { contentHash } from './content-hash.ts';
import { checkVersions } from './engine-version.ts';
import { fullFiles, manifestFile } from './files.ts';
import { decodeFullLandscape, decodeHistory } from './full-tensors.ts';
import { parseManifest } from './manifest.ts';
import type { ConditionSources } from './verify-conditions.ts';
import { checkDisplay, checkFileList } from './verify-display.ts';
import { checkEnds, checkSnapshots, checkSurface, evaluatingAgain } from './verify-numbers.ts';
import { checkFacts, checkInitialWeights, checkSizes, checkStatistics } from './verify-parts.ts';
import { checkPlane, checkSteps } from './verify-plane.ts';

export interface VerifyOptions extends ConditionSources {
  readonly executor: Executor;
  /** How many surface points, and snapshots, to evaluate again; all where there are fewer. */
  readonly points?: number;
}

/** One thing that was found to hold, in words. */
export type Finding = string;

/** @throws ArtifactError at the first thing that does not hold. */
export async function verifyArtifact({
  read,
  where,
  executor,
  prepare,
  points = 64,
}: VerifyOptions): Promise<Finding[]> {
  const findings: Finding[] = [];
  const manifest = await parseManifest(await read(manifestFile), `${where}/${manifestFile}`);
  findings.push(
    `manifest: version ${manifest.schemaVersion}, every field as the schema asks, its own SHA-256 as told`,
  );

  await checkFiles(manifest, read, where);
  findings.push(`files: ${manifest.files.length} files, sizes and SHA-256 as listed`);

  const { experiment, engineVersion, start } = manifest;
  const hash = await contentHash({
    experiment,
    engineVersion,
    dataHash: manifest.data.sha256,
    startHash: start?.sha256,
  });
  if (hash !== manifest.contentHash) {
    throw new ArtifactError(
      `${where}: the content hash does not follow from configuration, data and engine version; run the experiment again`,
    );
  }
  findings.push('content hash: follows from configuration, data and engine version');
  findings.push(await checkVersions(manifest, where));

  const { data, dataHash } = await prepare(experiment);
  if (dataHash !== manifest.data.sha256) {
    throw new ArtifactError(
      `${where} was computed from other data than are here now: run the experiment again`,
    );
  }
  findings.push(checkFacts(manifest, data, dataHash, where));
  checkFileList(manifest, data, where);

  const full = async (path: string) => ({ bytes: await read(path), where: `${where}/${path}` });
  const history = decodeHistory(await full(fullFiles.weights), await full(fullFiles.training));
  const { landscape, plane } = decodeFullLandscape(await full(fullFiles.landscape));
  findings.push(checkSizes(manifest, history, landscape, plane, where));
  findings.push(checkSteps(manifest, data, history, landscape, where));
  findings.push(await checkInitialWeights(manifest, history, where));
  findings.push(checkStatistics(manifest, history, where));
  findings.push(checkPlane(manifest, history, landscape, plane, where));

  const samples = { seed: experiment.seed, points, trainCount: data.train.count };
  await evaluatingAgain(executor, experiment, data, async (again) => {
    findings.push(await checkEnds(history, again, manifest.data, where));
    findings.push(await checkSurface(landscape, plane, again, samples, where));
    findings.push(await checkSnapshots(history, landscape, plane, again, samples, where));
  });
  findings.push(await checkDisplay(manifest, executor, data, history, landscape, read, where));
  return findings;
}
