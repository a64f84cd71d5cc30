// Whether an artifact holds what it says: schema, checksums, agreement of its parts, surface points evaluated again.
import { randomStream } from '../learning/random.ts';
import type { Evaluation } from '../learning/evaluator.ts';
import type { TrainingHistory } from '../learning/history.ts';
import type { Landscape, Plane } from '../landscape/landscape.ts';
import { ArtifactError } from './artifact-error.ts';
import { checkFiles } from './check-files.ts';
import { contentHash } from './content-hash.ts';
import { fullFiles, manifestFile } from './files.ts';
import { decodeFullLandscape, decodeHistory } from './full-tensors.ts';
import { loadRun } from './load-run.ts';
import { parseManifest, type Manifest } from './manifest.ts';

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

/**
 * Providers order their sums differently: float32 losses agree to about 1e-6 relative, and near a
 * loss of zero to the rounding of the logits. A wrong plane, grid or data set differs by far more.
 */
const relativeTolerance = 1e-4;
const absoluteTolerance = 1e-5;

/** @throws ArtifactError at the first thing that does not hold. */
export async function verifyArtifact({
  read,
  where,
  evaluate,
  points = 64,
}: VerifyOptions): Promise<Finding[]> {
  const findings: Finding[] = [];
  const manifest = parseManifest(await read(manifestFile), `${where}/${manifestFile}`);
  findings.push(`manifest: version ${manifest.schemaVersion}, every field as the schema asks`);

  await checkFiles(manifest, read, where);
  findings.push(`files: ${manifest.files.length} files, sizes and SHA-256 as listed`);

  const { experiment, engineVersion, data } = manifest;
  const hash = await contentHash({ experiment, engineVersion, dataHash: data.sha256 });
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
  findings.push(await checkDisplay(manifest, landscape, read, where));

  const again = (weights: Float32Array) => evaluate(weights, manifest);
  findings.push(await checkEnds(history, again, where));
  findings.push(await checkSurface({ manifest, landscape, plane, again, points, where }));
  return findings;
}

function checkSizes(
  { experiment, network }: Manifest,
  history: TrainingHistory,
  landscape: Landscape,
  plane: Plane,
  where: string,
): Finding {
  const found = {
    networks: [experiment.initialisations, history.networks],
    'weights of a network': [network.parameters, history.parameters],
    'weights of the plane': [network.parameters, plane.origin.length],
    'snapshots of the landscape': [history.snapshotSteps.length, landscape.snapshotSteps.length],
    'grid points a side': [experiment.grid.size, landscape.xs.length],
  };
  for (const [what, [expected, actual]] of Object.entries(found)) {
    if (expected !== actual) {
      throw new ArtifactError(
        `${where}: ${what} are ${actual} where ${expected} were expected; run the experiment again`,
      );
    }
  }
  return `tensors: ${history.networks} networks of ${history.parameters} weights, ${history.snapshotSteps.length} snapshots, sizes agree`;
}

/** The page's files decode, and show the full landscape to within what the eye can tell. */
async function checkDisplay(
  manifest: Manifest,
  landscape: Landscape,
  read: VerifyOptions['read'],
  where: string,
): Promise<Finding> {
  const { name } = manifest;
  const run = await loadRun(name, (path) => read(path.slice(name.length + 1)));
  const shown = run.landscape;
  if (!shown)
    throw new ArtifactError(`${where} has no landscape to show; run the experiment again`);
  let worst = 0;
  for (let row = 0; row < shown.ys.length; row++) {
    const fullRow = landscape.ys.indexOf(shown.ys[row] as number);
    for (let column = 0; column < shown.xs.length; column++) {
      const fullColumn = landscape.xs.indexOf(shown.xs[column] as number);
      const full = landscape.loss[fullRow * landscape.xs.length + fullColumn] ?? NaN;
      const drawn = shown.loss[row * shown.xs.length + column] as number;
      if (Object.is(full, drawn) || full === drawn) continue;
      const difference = Math.abs(drawn - full) / Math.abs(full);
      if (!(difference <= 2e-3)) {
        throw new ArtifactError(
          `${where}: the page would show a loss of ${drawn} where the surface has ${full}; run the experiment again`,
        );
      }
      worst = Math.max(worst, difference);
    }
  }
  return `display: the page's surface is within ${worst.toExponential(1)} relative of the full one`;
}

/** The networks as training left them have the losses that the curves end with. */
async function checkEnds(
  { networks, parameters, snapshots, curves }: TrainingHistory,
  again: (weights: Float32Array) => Promise<Evaluation>,
  where: string,
): Promise<Finding> {
  const size = networks * parameters;
  let worst = 0;
  for (const end of ['initial', 'final'] as const) {
    const weights = end === 'initial' ? snapshots.slice(0, size) : snapshots.slice(-size);
    const record = end === 'initial' ? 0 : curves.trainLoss.length - networks;
    const recorded = curves.trainLoss.subarray(record, record + networks);
    const { loss } = await again(weights);
    recorded.forEach((value, network) => {
      const place = `${where}: ${end} training loss of network ${network}`;
      worst = Math.max(worst, compare(loss[network] as number, value, place));
    });
  }
  return `networks: initial and final losses of all ${networks} evaluated again, within ${worst.toExponential(1)}`;
}

async function checkSurface({
  manifest,
  landscape,
  plane,
  again,
  points,
  where,
}: {
  manifest: Manifest;
  landscape: Landscape;
  plane: Plane;
  again: (weights: Float32Array) => Promise<Evaluation>;
  points: number;
  where: string;
}): Promise<Finding> {
  const { xs, ys } = landscape;
  const parameters = plane.origin.length;
  const order = Int32Array.from({ length: xs.length * ys.length }, (_, index) => index);
  randomStream(manifest.experiment.seed, 'verify').shuffle(order);
  const chosen = order.subarray(0, points);

  const weights = new Float32Array(chosen.length * parameters);
  chosen.forEach((index, point) => {
    const x = xs[index % xs.length] as number;
    const y = ys[Math.floor(index / xs.length)] as number;
    for (let p = 0; p < parameters; p++) {
      weights[point * parameters + p] =
        (plane.origin[p] as number) +
        x * (plane.directions[p] as number) +
        y * (plane.directions[parameters + p] as number);
    }
  });
  const { loss, accuracy } = await again(weights);
  let worst = 0;
  chosen.forEach((index, point) => {
    const place = `${where}: training loss at surface point ${index}`;
    const stored = landscape.loss[index] as number;
    worst = Math.max(worst, compare(loss[point] as number, stored, place));
    // A sample that lies on the boundary may fall to either side.
    const flips =
      accuracy && landscape.accuracy
        ? Math.abs((accuracy[point] as number) - (landscape.accuracy[index] as number)) *
          manifest.data.trainCount
        : 0;
    if (flips > 2.5) {
      throw new ArtifactError(
        `${where}: accuracy at surface point ${index} differs by ${Math.round(flips)} samples when evaluated again; run the experiment again`,
      );
    }
  });
  return `surface: ${chosen.length} of ${order.length} points evaluated again, within ${worst.toExponential(1)}`;
}

/** The relative difference (absolute below a loss of 0.1), where it is within tolerance. */
function compare(actual: number, expected: number, place: string): number {
  if (Object.is(actual, expected) || (!Number.isFinite(actual) && !Number.isFinite(expected))) {
    return 0;
  }
  const difference = Math.abs(actual - expected);
  if (difference <= relativeTolerance * Math.abs(expected) + absoluteTolerance) {
    return difference / Math.max(Math.abs(expected), absoluteTolerance / relativeTolerance);
  }
  throw new ArtifactError(
    `${place} is ${expected} and comes out as ${actual} when evaluated again; run the experiment again`,
  );
}
