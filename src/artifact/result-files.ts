// The files of an analysis's result: plain data, its tensors in full, and those that figures draw.
import { resultFile, resultTensorFile, shownResultFile } from './files.ts';
import { zipped } from './gzip.ts';
import { parseJson } from './parse-json.ts';
import { readableJson } from './readable-json.ts';
import { decodeResultTensors, encodeResultTensors, encodeShownTensors } from './result-tensors.ts';
import { joinResult, splitResult } from './result-tree.ts';

/** A result ready to be kept: plain data, and its tensors in bytes. */
export interface EncodedResult {
  readonly json: unknown;
  readonly full: Uint8Array<ArrayBuffer>;
  readonly shown: Uint8Array<ArrayBuffer>;
}

/** @param shown the result as pages draw it. */
export function encodeResult(result: unknown, shown = result): EncodedResult {
  const { json, tensors } = splitResult(result);
  return {
    json,
    full: encodeResultTensors(tensors),
    shown: encodeShownTensors(splitResult(shown).tensors),
  };
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

export async function resultFiles(
  results: ReadonlyMap<string, EncodedResult>,
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const [analysis, { json, full, shown }] of results) {
    files.set(resultFile(analysis), new TextEncoder().encode(readableJson(json)));
    files.set(resultTensorFile(analysis), full);
    files.set(shownResultFile(analysis), await zipped(shown));
  }
  return files;
}
