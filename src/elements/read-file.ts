// Reads a file that the reader chose or dropped, if it is not larger than what is asked for makes sense.

/** One sentence for the reader. */
export class FileError extends Error {
  override readonly name = 'FileError';
}

export interface FileBound {
  readonly mostBytes: number;
  /** What to do about a file that is larger: the end of the sentence. */
  readonly advice: string;
}

/**
 * The bytes of a file, none of which is read where it is too large.
 * @throws FileError where it is, or where it cannot be read.
 */
export async function bytesOfFile(
  file: File,
  { mostBytes, advice }: FileBound,
): Promise<Uint8Array<ArrayBuffer>> {
  if (file.size > mostBytes)
    throw new FileError(
      `${file.name} has ${Math.round(file.size / 1e6)} MB: expected at most ${mostBytes / 1e6}; ${advice}.`,
    );
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new FileError(
      `${file.name} cannot be read: check that it is still there, and choose it again.`,
    );
  }
}

/** A table of a reader: four bytes a character, at the most that `parseCsv` takes. */
export const tableBound: FileBound = {
  mostBytes: 128e6,
  advice: 'keep a random part of its rows',
};
