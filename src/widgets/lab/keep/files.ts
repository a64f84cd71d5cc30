// An experiment as a file in the reader's downloads, and from there again.
import { ArtifactError } from '../../../artifact/artifact-error.ts';
import { FileError, bytesOfFile } from '../../read-file.ts';
import { checkHead, decodeLabFile, encodeLabFile, fileEnding, headBytes } from './lab-file.ts';
import { fileOf, openedFrom, type Kept, type OpenedFile } from './saved.ts';

export { fileEnding };

/** Larger than any run that a page can train. */
const bound = { mostBytes: 2e9, advice: 'choose a file that was saved here' };

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
  let bytes: Uint8Array;
  try {
    if (file.size > headBytes && file.size <= bound.mostBytes) {
      const head = new File([file.slice(0, headBytes)], file.name);
      checkHead(await bytesOfFile(head, bound), file.name);
    }
    bytes = await bytesOfFile(file, bound);
  } catch (error) {
    if (error instanceof FileError) throw new ArtifactError(error.message.replace(/\.$/, ''));
    throw error;
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
