// One run as figures draw it, from the files of its artifact: at build from disk, in the page by fetch.
import type { Experiment } from '../learning/experiment.ts';
import type { Curves } from '../learning/history.ts';
import type { PreparedData, Samples } from '../learning/samples.ts';
import type { ConvergenceStatistics } from '../landscape/statistics.ts';
import { ArtifactError } from './artifact-error.ts';
import type { RunDisplay } from './display.ts';
import { decodeBoundaries } from './display-boundaries.ts';
import { decodeCurves } from './display-curves.ts';
import { decodeData, type DataFacts } from './display-data.ts';
import { decodeLandscape } from './display-landscape.ts';
import { displayFiles, displayParts, manifestFile, type DisplayPart } from './files.ts';
import { parseJson } from './parse-json.ts';
import { unzippedFile } from './unzipped-file.ts';
import type { Manifest } from './manifest.ts';
import { manifestFormat, manifestVersion } from './manifest-version.ts';

/** Bytes of a file, by its path below the folder of artifacts: 'fifty/manifest.json'. */
export type ReadArtifactFile = (path: string) => Promise<Uint8Array>;

/**
 * @param name of the run, its folder.
 * @param parts what to read; the others come back empty (data, curves) or null (boundaries, landscape).
 * @throws ArtifactError, one sentence, where the artifact is damaged or of another version.
 */
export async function loadRun(
  name: string,
  read: ReadArtifactFile,
  parts: readonly DisplayPart[] = displayParts,
): Promise<RunDisplay> {
  const where = `${name}/${manifestFile}`;
  const manifest = reviveManifest(await read(where), where);
  const present = new Set(manifest.files.map(({ path }) => path));
  const load = async <T>(part: DisplayPart, decode: (bytes: Uint8Array, where: string) => T) => {
    if (!parts.includes(part) || !present.has(displayFiles[part])) return null;
    const path = `${name}/${displayFiles[part]}`;
    return decode(await unzippedFile(await read(path), path), path);
  };
  const facts = dataFacts(manifest);
  const [data, curves, boundaries, landscape] = await Promise.all([
    load('data', (bytes, path) => decodeData(bytes, facts, path)),
    load('curves', decodeCurves),
    load('boundaries', decodeBoundaries),
    load('landscape', decodeLandscape),
  ]);
  return {
    experiment: manifest.experiment as Experiment,
    provider: manifest.provider,
    data: data ?? withoutSamples(facts),
    curves: curves ?? noCurves,
    statistics: reviveStatistics(manifest.statistics),
    boundaries,
    landscape,
  };
}

/** The manifest's own description of the data. */
export function dataFacts({ data }: Pick<Manifest, 'data'>): DataFacts {
  const { features, outputs, featureNames, classNames, mean, scale } = data;
  const normalisation = { mean: Float32Array.from(mean), scale: Float32Array.from(scale) };
  return { features, outputs, featureNames, classNames, normalisation };
}

/**
 * Reads a manifest without its schema: a page that draws was built from an artifact that the build
 * has checked, and so does without the schema's kilobytes. Version and outline are checked.
 */
function reviveManifest(bytes: Uint8Array, where: string): Manifest {
  const value = parseJson(bytes, where) as Partial<Manifest> | null;
  const isOurs = value?.format === manifestFormat && value.schemaVersion === manifestVersion;
  const isWhole = value?.experiment && value.data && value.statistics && value.files;
  if (!isOurs || !isWhole) {
    throw new ArtifactError(
      `${where} is not a Loss Atlas manifest of version ${manifestVersion}: run the experiment again`,
    );
  }
  return value as Manifest;
}

/** JSON has no NaN and says null: here every null inside a summary is a NaN again. */
function reviveStatistics(statistics: ConvergenceStatistics): ConvergenceStatistics {
  return Object.fromEntries(
    Object.entries(statistics).map(([key, value]) => [
      key,
      isSummary(value) ? nullsToNaN(value) : value,
    ]),
  ) as unknown as ConvergenceStatistics;
}

function isSummary(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'meanInterval' in value;
}

function nullsToNaN(value: unknown): unknown {
  if (value === null) return NaN;
  if (Array.isArray(value)) return value.map(nullsToNaN);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, nullsToNaN(item)]));
}

function withoutSamples(facts: DataFacts): PreparedData {
  const none = new Float32Array(0);
  const empty: Samples = { count: 0, inputs: none, targets: none, labels: null };
  return { ...facts, train: empty, test: empty };
}

const noCurves: Curves = {
  steps: new Int32Array(0),
  epochs: new Float32Array(0),
  trainLoss: new Float32Array(0),
  trainAccuracy: null,
  testLoss: null,
  testAccuracy: null,
  gradientNorm: new Float32Array(0),
};
