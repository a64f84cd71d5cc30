// The weights of an artifact's conditions: all snapshots of a run of its own, first and last of ways of training that are compared.
import type { Condition } from '../landscape/analyses/analysis.ts';
import type { TrainingHistory } from '../learning/history.ts';
import { ArtifactError } from './artifact-error.ts';
import { keepsHistory, trainingFile, weightsFile } from './files.ts';
import { decodeHistory, encodeTraining, encodeWeights } from './full-tensors.ts';
import type { ConditionFacts, Manifest } from './manifest.ts';
import { encodeSafetensors, stored, type StoredTensor } from './safetensors.ts';
import { readTensors } from './tensor-reader.ts';

/** Its `initial` and `final` weights `[N, P]`, with the whole history where it is kept. */
export interface ConditionWeights {
  readonly initial: Float32Array;
  readonly final: Float32Array;
  readonly history?: TrainingHistory;
}

type Ends = Pick<Condition, 'key' | 'initial' | 'final' | 'experiment'>;

/** `KEY.initial` and `KEY.final`, `[N, P]` each, of every condition. */
export function encodeEnds(conditions: readonly Ends[]): Uint8Array<ArrayBuffer> {
  const tensors: Record<string, StoredTensor> = {};
  for (const { key, initial, final, experiment } of conditions) {
    const networks = experiment.initialisations;
    const shape = [networks, final.length / networks];
    tensors[`${key}.initial`] = stored(initial, shape);
    tensors[`${key}.final`] = stored(final, shape);
  }
  return encodeSafetensors(tensors);
}

/** Weights and, of a run of its own, records, by path. */
export function encodeConditions(
  conditions: readonly Condition[],
  isWhole: boolean,
): Map<string, Uint8Array> {
  const [{ history }] = conditions as [Condition];
  if (!isWhole) return new Map([[weightsFile, encodeEnds(conditions)]]);
  return new Map([
    [weightsFile as string, encodeWeights(history)],
    [trainingFile, encodeTraining(history)],
  ]);
}

/**
 * The weights of all conditions, in the manifest's order.
 * @throws ArtifactError where a tensor has not the sizes that the manifest tells.
 */
export async function readConditionWeights(
  manifest: Pick<Manifest, 'conditions'>,
  read: (path: string) => Promise<Uint8Array>,
  folder: string,
): Promise<ConditionWeights[]> {
  const bytes = await read(weightsFile);
  const where = `${folder}/${weightsFile}`;
  if (!keepsHistory(manifest)) {
    return manifest.conditions.map((facts) => decodeEnds(bytes, where, facts, `${facts.key}.`));
  }
  const [facts] = manifest.conditions as [ConditionFacts];
  const records = { bytes: await read(trainingFile), where: `${folder}/${trainingFile}` };
  const history = decodeHistory({ bytes, where }, records);
  const ends = decodeEnds(bytes, where, facts, '');
  checkEnds(ends, history, where);
  return [{ ...ends, history }];
}

/** Initial and final weights of one condition, checked for their sizes. */
export function decodeEnds(
  bytes: Uint8Array,
  where: string,
  { networks, parameters }: Pick<ConditionFacts, 'networks' | 'parameters'>,
  prefix: string,
): ConditionWeights {
  const file = readTensors(bytes, where);
  const read = (end: string) => file.values(`${prefix}${end}`, 'F32', [networks, parameters]);
  return { initial: read('initial'), final: read('final') };
}

/** They are the first snapshot and the last one, bit for bit. */
function checkEnds(
  { initial, final }: ConditionWeights,
  { snapshots }: TrainingHistory,
  where: string,
): void {
  const size = initial.length;
  const ends = [
    ['initial', initial, snapshots.subarray(0, size)],
    ['final', final, snapshots.subarray(snapshots.length - size)],
  ] as const;
  for (const [end, own, snapshot] of ends) {
    if (snapshot.length === size && own.every((value, i) => Object.is(value, snapshot[i])))
      continue;
    throw new ArtifactError(
      `${where}: the ${end} weights are not those of the ${end === 'initial' ? 'first' : 'last'} snapshot; run the experiment again`,
    );
  }
}
