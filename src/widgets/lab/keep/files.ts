// An experiment as a file in the reader's downloads, and from there again.
import { ArtifactError } from '../../../artifact/artifact-error.ts';
import { decodeLabFile, encodeLabFile, fileEnding } from './lab-file.ts';
import { fileOf, openedFrom, type Kept, type OpenedFile } from './saved.ts';
import { bytesInWords } from './words.ts';

export { fileEnding };

/** Larger than any run that a page can train. */
const largestFile = 2e9;

export async function saveAsFile(name: string, kept: Kept): Promise<void> {
  const bytes = encodeLabFile(await fileOf(name, kept));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  link.download = fileName(name);
  link.click();
  // Long enough for the browser to have begun.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** @throws ArtifactError (rejects) for anything but a file that was saved here. */
export async function openFile(file: File): Promise<OpenedFile> {
  if (file.size > largestFile) {
    throw new ArtifactError(
      `${file.name} has ${bytesInWords(file.size)} where at most ${bytesInWords(largestFile)} are read: choose a file that was saved here`,
    );
  }
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new ArtifactError(`${file.name} cannot be read: check that it is still there`);
  }
  return openedFrom(decodeLabFile(bytes, file.name));
}

/** Letters, digits and hyphens, so that every system takes it. */
export function fileName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^a-zA-Z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 60);
  return `${plain || 'laboratory'}${fileEnding}`;
}
