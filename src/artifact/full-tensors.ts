// The complete results of a run as tensors: weights, training, landscape with its plane.
import type { TrainingHistory } from '../learning/history.ts';
import type { Landscape, Plane } from '../landscape/landscape.ts';
import { landscapeFacts, readLandscapeFacts } from './landscape-facts.ts';
import { encodeSafetensors, stored, type StoredTensor } from './safetensors.ts';
import { readTensors } from './tensor-reader.ts';

type Tensors = Record<string, StoredTensor>;

/** Bytes of a file and its name for messages. */
export interface NamedBytes {
  readonly bytes: Uint8Array;
  readonly where: string;
}

type Metadata = Readonly<Record<string, string>>;

/** `snapshots` `[S, N, P]` with their steps, and by name `initial` and `final` `[N, P]`. */
export function encodeWeights(
  history: TrainingHistory,
  metadata: Metadata = {},
): Uint8Array<ArrayBuffer> {
  const { networks, parameters, snapshots, snapshotSteps } = history;
  const size = networks * parameters;
  const tensors: Tensors = {
    snapshotSteps: stored(snapshotSteps, [snapshotSteps.length]),
    snapshots: stored(snapshots, [snapshotSteps.length, networks, parameters]),
    initial: stored(snapshots.subarray(0, size), [networks, parameters]),
    final: stored(snapshots.subarray(snapshots.length - size), [networks, parameters]),
  };
  return encodeSafetensors(tensors, metadata);
}

/** Curves `[T, N]` with their steps and epochs, and the step at which each network diverged. */
export function encodeTraining(
  { curves, divergedAt }: TrainingHistory,
  metadata: Metadata = {},
): Uint8Array<ArrayBuffer> {
  const shape = [curves.steps.length, divergedAt.length];
  const tensors: Tensors = {
    steps: stored(curves.steps, [curves.steps.length]),
    epochs: stored(curves.epochs, [curves.steps.length]),
    divergedAt: stored(divergedAt, [divergedAt.length]),
  };
  const { trainLoss, trainAccuracy, testLoss, testAccuracy, gradientNorm } = curves;
  addPresent(tensors, { trainLoss, trainAccuracy, testLoss, testAccuracy, gradientNorm }, shape);
  return encodeSafetensors(tensors, metadata);
}

/** What `encodeWeights` and `encodeTraining` wrote, together a training history again. */
export function decodeHistory(weights: NamedBytes, training: NamedBytes): TrainingHistory {
  const weightFile = readTensors(weights.bytes, weights.where);
  const [snapshotCount, networks, parameters] = weightFile.shape('snapshots', 3) as [
    number,
    number,
    number,
  ];
  const file = readTensors(training.bytes, training.where);
  const [records] = file.shape('steps', 1) as [number];
  const curve = (name: string) => file.values(name, 'F32', [records, networks]);
  const optional = (name: string) => (file.has(name) ? curve(name) : null);
  return {
    networks,
    parameters,
    snapshotSteps: weightFile.values('snapshotSteps', 'I32', [snapshotCount]),
    snapshots: weightFile.values('snapshots', 'F32', [snapshotCount, networks, parameters]),
    divergedAt: file.values('divergedAt', 'I32', [networks]),
    curves: {
      steps: file.values('steps', 'I32', [records]),
      epochs: file.values('epochs', 'F32', [records]),
      trainLoss: curve('trainLoss'),
      trainAccuracy: optional('trainAccuracy'),
      testLoss: optional('testLoss'),
      testAccuracy: optional('testAccuracy'),
      gradientNorm: curve('gradientNorm'),
    },
  };
}

/** Every field of the landscape, and the plane as `origin` `[P]` and `directions` `[2, P]`. */
export function encodeFullLandscape(
  landscape: Landscape,
  plane: Plane,
  metadata: Metadata = {},
): Uint8Array<ArrayBuffer> {
  const { snapshotSteps, coordinates, offPlane, trueLoss, planeLoss, xs, ys } = landscape;
  const snapshots = snapshotSteps.length;
  const networks = trueLoss.length / snapshots;
  const tensors: Tensors = {
    origin: stored(plane.origin, [plane.origin.length]),
    directions: stored(plane.directions, [2, plane.origin.length]),
    snapshotSteps: stored(snapshotSteps, [snapshots]),
    coordinates: stored(coordinates, [snapshots, networks, 2]),
    xs: stored(xs, [xs.length]),
    ys: stored(ys, [ys.length]),
  };
  addPresent(tensors, { offPlane, trueLoss, planeLoss }, [snapshots, networks]);
  const { loss, testLoss, accuracy } = landscape;
  addPresent(tensors, { loss, testLoss, accuracy }, [ys.length, xs.length]);
  const facts = Object.entries(landscapeFacts(landscape));
  const told = facts.map(([key, value]) => [key, JSON.stringify(value)] as const);
  return encodeSafetensors(tensors, { ...metadata, ...Object.fromEntries(told) });
}

export function decodeFullLandscape({ bytes, where }: NamedBytes): {
  landscape: Landscape;
  plane: Plane;
} {
  const file = readTensors(bytes, where);
  const [parameters] = file.shape('origin', 1) as [number];
  const [snapshots, networks] = file.shape('trueLoss', 2) as [number, number];
  const [height, width] = file.shape('loss', 2) as [number, number];
  const surface = (name: string) => file.values(name, 'F32', [height, width]);
  const optional = (name: string) => (file.has(name) ? surface(name) : null);
  const landscape: Landscape = {
    ...readLandscapeFacts(file),
    snapshotSteps: file.values('snapshotSteps', 'I32', [snapshots]),
    coordinates: file.values('coordinates', 'F32', [snapshots, networks, 2]),
    offPlane: file.values('offPlane', 'F32', [snapshots, networks]),
    trueLoss: file.values('trueLoss', 'F32', [snapshots, networks]),
    planeLoss: file.values('planeLoss', 'F32', [snapshots, networks]),
    xs: file.values('xs', 'F32', [width]),
    ys: file.values('ys', 'F32', [height]),
    loss: surface('loss'),
    testLoss: optional('testLoss'),
    accuracy: optional('accuracy'),
  };
  const plane = {
    origin: file.values('origin', 'F32', [parameters]),
    directions: file.values('directions', 'F32', [2, parameters]),
  };
  return { landscape, plane };
}

function addPresent(
  tensors: Tensors,
  values: Readonly<Record<string, Float32Array | null>>,
  shape: readonly number[],
): void {
  for (const [name, array] of Object.entries(values)) {
    if (array) tensors[name] = stored(array, shape);
  }
}
