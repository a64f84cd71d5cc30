// Stage 5: the artifact, whole or not at all.
import { sha256 } from '../../src/artifact/checksum.ts';
import type { RunDisplay } from '../../src/artifact/display.ts';
import { encodeDisplay } from '../../src/artifact/encode-display.ts';
import { filePurposes, fullFiles, manifestFile } from '../../src/artifact/files.ts';
import {
  encodeFullLandscape,
  encodeTraining,
  encodeWeights,
} from '../../src/artifact/full-tensors.ts';
import { formatManifest, type Manifest } from '../../src/artifact/manifest.ts';
import { withManifestHash } from '../../src/artifact/manifest-hash.ts';
import { manifestFormat, manifestVersion } from '../../src/artifact/manifest-version.ts';
import { runFacts } from '../../src/artifact/run-facts.ts';
import type { TrainingHistory } from '../../src/learning/history.ts';
import type { Landscape, Plane } from '../../src/landscape/landscape.ts';
import { writeFolderAtomically, type WriteGuard } from '../replace-folder.ts';

export interface ArtifactContent {
  /** What only the caller knows. */
  readonly facts: Pick<
    Manifest,
    | 'profile'
    | 'provider'
    | 'providerReason'
    | 'versions'
    | 'sourcesHash'
    | 'engineVersion'
    | 'contentHash'
    | 'timings'
  > & { readonly dataHash: string; readonly startHash: string | undefined };
  readonly run: RunDisplay & { readonly landscape: Landscape };
  readonly history: TrainingHistory;
  readonly plane: Plane;
}

export async function writeStage(
  folder: string,
  content: ArtifactContent,
  guard: WriteGuard,
): Promise<Manifest> {
  const { run, history, plane } = content;
  const files = new Map<string, Uint8Array>([
    [fullFiles.weights, encodeWeights(history)],
    [fullFiles.training, encodeTraining(history)],
    [fullFiles.landscape, encodeFullLandscape(run.landscape, plane)],
    ...(await encodeDisplay(run)),
  ]);
  const manifest = await describe(content, files);
  const all = new Map<string, Uint8Array | string>(files);
  await writeFolderAtomically(folder, all.set(manifestFile, formatManifest(manifest)), guard);
  return manifest;
}

async function describe(
  { facts, run }: ArtifactContent,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<Manifest> {
  const { experiment, data, statistics, landscape } = run;
  const { dataHash, startHash, timings, ...known } = facts;
  const { name, ...following } = runFacts(experiment, data, { dataHash, startHash });
  const listed = [...files].map(async ([path, bytes]) => ({
    path,
    bytes: bytes.length,
    sha256: await sha256(bytes),
    purpose: filePurposes[path] ?? '',
  }));
  return withManifestHash({
    format: manifestFormat,
    schemaVersion: manifestVersion,
    name,
    ...known,
    experiment,
    ...following,
    timings,
    // The types differ in `readonly` alone.
    statistics: structuredClone(statistics) as Manifest['statistics'],
    explainedVariance: [...landscape.explainedVariance],
    nullExplainedVariance: [...landscape.nullExplainedVariance],
    projection: landscape.method,
    files: await Promise.all(listed),
  });
}
