// Everything that can be taken away from a run, in one zip file.
import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { readmeFile } from './catalogue.ts';
import { exportedFiles } from './export-files.ts';
import type { ExportedRun } from './exported-run.ts';
import { readme } from './readme.ts';

export interface BundleOptions {
  /** Whose weights stand in the files of one network. */
  readonly network: number;
  /** Where the run was made, for the README. */
  readonly address: string | null;
  /** The folder that the zip unpacks to. */
  readonly folder: string;
  /** Called with the share done, 0 to 1, and the file under way. */
  readonly onProgress?: (share: number, file: string) => void;
  /** Lets the page live between two pieces of work. */
  readonly breathe?: () => Promise<void>;
  readonly signal?: AbortSignal;
}

/** Bytes compressed between two breaths. */
const piece = 2 ** 20;

/** @throws the signal's reason when it is aborted. */
export async function bundle(
  run: ExportedRun,
  options: BundleOptions,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const { network, address, folder, onProgress, breathe, signal } = options;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let problem: Error | null = null;
  const zip = new Zip((error, part) => {
    if (error) problem = error;
    else parts.push(part as Uint8Array<ArrayBuffer>);
  });
  const files = [
    { name: readmeFile, make: () => readme(run, network, address) },
    ...exportedFiles(run, network),
  ];
  for (const [index, { name, make }] of files.entries()) {
    signal?.throwIfAborted();
    onProgress?.(index / files.length, name);
    await breathe?.();
    const content = make();
    if (content === null) continue;
    const bytes = typeof content === 'string' ? strToU8(content) : content;
    const path = `${folder}/${name}`;
    // Weights are noise to a compressor: they are stored as they are.
    const entry = name.endsWith('.safetensors')
      ? new ZipPassThrough(path)
      : new ZipDeflate(path, { level: 6 });
    zip.add(entry);
    for (let at = 0; ; at += piece) {
      const isLast = at + piece >= bytes.length;
      entry.push(bytes.slice(at, at + piece), isLast);
      if (isLast) break;
      onProgress?.((index + (at + piece) / bytes.length) / files.length, name);
      await breathe?.();
      signal?.throwIfAborted();
    }
    if (problem) throw problem as Error;
  }
  zip.end();
  onProgress?.(1, '');
  return parts;
}

/** The zip's name and folder. */
export const bundleName = (experimentName: string): string => `loss-atlas-${experimentName}`;
