// The files of a study: the networks it is about, and each analysis's result.
import type { TrainedCondition } from '../landscape/analyses/analysis.ts';
import { joinResult, splitResult } from './result-tree.ts';
import { decodeResultTensors, encodeResultTensors, encodeShownTensors } from './result-tensors.ts';
import { encodeSafetensors, stored, type StoredTensor } from './safetensors.ts';
import { resultFile, resultTensorFile, shownResultFile, studyWeightsFile } from './study-files.ts';
import { readTensors } from './tensor-reader.ts';
import { zipped } from './gzip.ts';
import { parseJson } from './parse-json.ts';
import { readableJson } from './readable-json.ts';

/** `KEY.initial` and `KEY.final`, `[N, P]` each, of every condition. */
export function encodeStudyWeights(
  conditions: readonly Pick<TrainedCondition, 'key' | 'initial' | 'final' | 'experiment'>[],
): Uint8Array<ArrayBuffer> {
  const tensors: Record<string, StoredTensor> = {};
  for (const { key, initial, final, experiment } of conditions) {
    const networks = experiment.initialisations;
    const shape = [networks, final.length / networks];
    tensors[`${key}.initial`] = stored(initial, shape);
    tensors[`${key}.final`] = stored(final, shape);
  }
  return encodeSafetensors(tensors);
}

/** Initial and final weights of one condition, checked for their sizes. */
export function decodeStudyWeights(
  bytes: Uint8Array,
  where: string,
  { key, networks, parameters }: { key: string; networks: number; parameters: number },
): { initial: Float32Array; final: Float32Array } {
  const file = readTensors(bytes, where);
  const read = (end: string) => file.values(`${key}.${end}`, 'F32', [networks, parameters]);
  return { initial: read('initial'), final: read('final') };
}

/** A result ready to be kept: plain data, and its tensors in bytes. */
export interface EncodedResult {
  readonly json: unknown;
  readonly full: Uint8Array<ArrayBuffer>;
  readonly shown: Uint8Array<ArrayBuffer>;
}

export function encodeResult(result: unknown): EncodedResult {
  const { json, tensors } = splitResult(result);
  return { json, full: encodeResultTensors(tensors), shown: encodeShownTensors(tensors) };
}

/** The complete result, every tensor in 32 bits. */
export function decodeResult(json: unknown, full: Uint8Array, where: string): unknown {
  return joinResult(json, decodeResultTensors(full, where), where);
}

/** The complete result of an analysis, from its files in the artifact. */
export async function readResult(
  analysis: string,
  read: (path: string) => Promise<Uint8Array>,
  where: string,
): Promise<unknown> {
  const [path, tensorPath] = [resultFile(analysis), resultTensorFile(analysis)];
  const json = parseJson(await read(path), `${where}/${path}`);
  return decodeResult(json, await read(tensorPath), `${where}/${tensorPath}`);
}

export async function studyFiles(
  weights: Uint8Array,
  results: ReadonlyMap<string, EncodedResult>,
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>([[studyWeightsFile, weights]]);
  for (const [analysis, { json, full, shown }] of results) {
    files.set(resultFile(analysis), new TextEncoder().encode(readableJson(json)));
    files.set(resultTensorFile(analysis), full);
    files.set(shownResultFile(analysis), await zipped(shown));
  }
  return files;
}

/** One phrase a file, for `atlas inspect`. */
export function studyFilePurpose(path: string): string {
  if (path === studyWeightsFile) return 'initial and final weights of every condition';
  if (path.startsWith('display/')) return 'the same, for figures';
  return path.endsWith('.json') ? 'result of this analysis' : 'tensors of this analysis';
}
