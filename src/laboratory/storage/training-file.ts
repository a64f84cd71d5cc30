// A run that can go on, as the bytes of one safetensors file and back; the bytes may be anybody's.
import { ArtifactError } from '../../artifact/artifact-error.ts';
import { decodeHistory, encodeTraining } from '../../artifact/full-tensors.ts';
import { decodeSafetensors, stored, type StoredTensor } from '../../artifact/safetensors.ts';
import { readTensors, type TensorReader } from '../../artifact/tensor-reader.ts';
import { dataDimensions } from '../../learning/data-dimensions.ts';
import { ExperimentError } from '../../learning/experiment-error.ts';
import type { Experiment } from '../../learning/experiment.ts';
import { networkShapeOf } from '../../learning/network-of.ts';
import { parameterCount } from '../../learning/network-shape.ts';
import { optimiserRule } from '../../learning/optimisers.ts';
import { parseExperiment } from '../../learning/parse-experiment.ts';
import { isPlainObject } from '../../learning/plain-object.ts';
import { checkResumed, type TrainingState } from '../../learning/training-state.ts';
import type { SavedTraining } from '../../worker/run/run-messages.ts';

export type Tensors = Record<string, StoredTensor>;
export type Metadata = Record<string, string>;

const producer = 'Loss Atlas';
const slotName = (index: number): string => `optimiser${index}`;

/** Tensors and metadata of a run: `final` `[N, P]` are its weights as they are now, as in every file of weights here. */
export function trainingParts({ experiment, state, history }: SavedTraining): {
  readonly tensors: Tensors;
  readonly metadata: Metadata;
} {
  const { networks, parameters, snapshots, snapshotSteps } = history;
  const shape = [networks, parameters];
  const curves = decodeSafetensors(encodeTraining(history), 'the curves').tensors;
  const tensors: Tensors = {
    ...Object.fromEntries(curves),
    snapshots: stored(snapshots, [snapshotSteps.length, ...shape]),
    snapshotSteps: stored(snapshotSteps, [snapshotSteps.length]),
    final: stored(state.weights, shape),
  };
  state.slots.forEach((slot, index) => (tensors[slotName(index)] = stored(slot, shape)));
  const metadata = {
    producer,
    holds:
      'final [N, P]: weights of N networks now; snapshots [S, N, P] and curves [T, N] so far; optimiser0, ... [N, P]: state of the optimiser; step: optimiser steps taken.',
    experiment: JSON.stringify(experiment),
    step: String(state.step),
  };
  return { tensors, metadata };
}

/**
 * @param where the file's name, for the error.
 * @throws ArtifactError, one sentence, for anything but a run that can go on.
 */
export function decodeTrainingFile(bytes: Uint8Array, where: string): SavedTraining {
  const file = readTensors(bytes, where);
  const experiment = experimentOf(file, where);
  const history = decodeHistory({ bytes, where }, { bytes, where });
  const { networks, parameters } = history;
  const slots = optimiserRule(experiment.optimiser, experiment.weightDecay).slots;
  const matrix = (name: string) => file.values(name, 'F32', [networks, parameters]);
  const state: TrainingState = {
    step: file.metadata('step', isCount),
    weights: matrix('final'),
    slots: Array.from({ length: slots }, (_, index) => matrix(slotName(index))),
  };
  const training = { experiment, state, history };
  const problem = problemOf(training, slots);
  if (problem) throw new ArtifactError(`${where} is not a run that can go on: ${problem}`);
  return training;
}

function experimentOf(file: TensorReader, where: string): Experiment {
  try {
    return parseExperiment(file.metadata('experiment', isPlainObject), where);
  } catch (error) {
    if (error instanceof ExperimentError) throw new ArtifactError(error.message);
    throw error;
  }
}

/** What of a run contradicts itself, in the words that end a sentence; null where nothing does. */
function problemOf({ experiment, state, history }: SavedTraining, slots: number): string | null {
  const dimensions = dataDimensions(experiment.data);
  const parameters = dimensions
    ? parameterCount(networkShapeOf(experiment, dimensions))
    : history.parameters;
  const { curves, snapshotSteps, divergedAt } = history;
  if (curves.steps.length === 0 || snapshotSteps.length === 0) return 'it holds no record';
  try {
    checkResumed(
      { state, history },
      {
        networks: experiment.initialisations,
        parameters,
        slots,
        // How many steps there are is known with the data; the trainer asks again.
        totalSteps: Number.MAX_SAFE_INTEGER,
        classes: curves.trainAccuracy !== null,
        hasTest: curves.testLoss !== null,
      },
    );
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
  if (!rises(curves.steps) || !rises(snapshotSteps)) return 'its records are not in order';
  if (snapshotSteps[0] !== 0) return 'its first snapshot is not the start';
  if (divergedAt.some((step) => step < -1 || step > state.step)) {
    return 'a network diverged at a step that was never taken';
  }
  return null;
}

const rises = (steps: Int32Array): boolean =>
  steps.every((step, i) => step > (i === 0 ? -1 : (steps[i - 1] as number)));

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;
