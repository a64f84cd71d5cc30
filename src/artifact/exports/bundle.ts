// Everything that can be taken away from a run, in one zip file.
import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { distinctFileNames, safeFileName } from '../file-name.ts';
import { readmeFile } from './catalogue.ts';
import { exportedFiles, type NamedFile } from './export-files.ts';
import type { ExportedRun } from './exported-run.ts';
import { readme } from './readme.ts';

export interface ZipOptions {
  /** The folder that the zip unpacks to. */
  readonly folder: string;
  /** Called with the share done, 0 to 1, and the file under way. */
  readonly onProgress?: (share: number, file: string) => void;
  /** Lets the page live between two pieces of work. */
  readonly breathe?: () => Promise<void>;
  readonly signal?: AbortSignal;
}

export interface BundleOptions extends ZipOptions {
  /** Whose weights stand in the files of one network. */
  readonly network: number;
  /** Where the run was made, for the README. */
  readonly address: string | null;
}

/** Bytes compressed between two breaths. */
const piece = 2 ** 20;

/** Everything, with a README. @throws the signal's reason when it is aborted. */
export const bundle = (
  run: ExportedRun,
  { network, address, ...options }: BundleOptions,
): Promise<Uint8Array<ArrayBuffer>[]> =>
  zipped(
    [
      { name: readmeFile, make: () => readme(run, network, address) },
      ...exportedFiles(run, network),
    ],
    options,
  );

/** The parts of a zip of these files, each of which is made when its turn comes, under a name that no other has. */
export async function zipped(
  files: readonly NamedFile[],
  { folder, onProgress, breathe, signal }: ZipOptions,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((error, part) => {
    if (error) throw error;
    parts.push(part as Uint8Array<ArrayBuffer>);
  });
  const names = distinctFileNames(files.map(({ name }) => name));
  const root = safeFileName(folder);
  for (const [index, { make }] of files.entries()) {
    const name = names[index] as string;
    signal?.throwIfAborted();
    onProgress?.(index / files.length, name);
    await breathe?.();
    const content = make();
    if (content === null) continue;
    const bytes = typeof content === 'string' ? strToU8(content) : content;
    const path = `${root}/${name}`;
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
  }
  zip.end();
  onProgress?.(1, '');
  return parts;
}

/** The zip's name and folder. */
export const bundleName = (experimentName: string): string => `loss-atlas-${experimentName}`;
