// An experiment as a file in the reader's downloads, and from there again.
import { ArtifactError } from '../../artifact/artifact-error.ts';
import { safeFileName } from '../../artifact/file-name.ts';
import { bytesOfFile, FileError } from '../../elements/read-file.ts';
import { saveFile } from '../../elements/save-file.ts';
import { checkHead, decodeLabFile, encodeLabFile, fileEnding, headBytes } from './lab-file.ts';
import { fileOf, openedFrom, type Kept, type OpenedFile } from './saved-experiments.ts';

export { fileEnding };

/** Larger than any run that a page can train. */
const bound = { mostBytes: 2e9, advice: 'choose a file that was saved here' };

export async function saveAsFile(name: string, kept: Kept): Promise<void> {
  const bytes = encodeLabFile(await fileOf(name, kept));
  saveFile([bytes], fileName(name));
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
  return safeFileName(`${plain || 'laboratory'}${fileEnding}`);
}
