// Reads a file only if it is one, and no more of it than makes sense: a pipe never ends, a device gives for ever, and a mistaken name may lead to a film.
import { constants, type Stats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

/** What hinders, as a part of a sentence: 'it is a pipe, and expected is a file'. */
export class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError';
}

export interface ReadBounds {
  /** Bytes. */
  readonly largest: number;
  readonly signal?: AbortSignal | undefined;
  /** Whether a link in the file's place is followed. */
  readonly follow?: boolean;
}

/** Bytes read between two looks at the signal. */
const stretch = 4 * 2 ** 20;

/**
 * The whole of a regular file.
 *
 * @throws UnreadableFileError where it is something else or larger; the system's error where it cannot be opened.
 */
export async function readBounded(path: string, bounds: ReadBounds): Promise<Buffer> {
  const { largest, follow = true } = bounds;
  // A pipe without a writer would hold up whoever opens it.
  const flags = (constants.O_NONBLOCK ?? 0) | (follow ? 0 : (constants.O_NOFOLLOW ?? 0));
  const file = await open(path, constants.O_RDONLY | flags);
  try {
    const entry = await file.stat();
    if (!entry.isFile()) {
      throw new UnreadableFileError(`it is ${kindOf(entry)}, and expected is a file`);
    }
    if (entry.size > largest) throw tooLarge(entry.size, largest);
    return await readAll(file, entry.size, bounds);
  } finally {
    await file.close();
  }
}

/** The size is where to begin: files that the system makes up have 0, and others may grow meanwhile. */
async function readAll(
  file: FileHandle,
  size: number,
  { largest, signal }: ReadBounds,
): Promise<Buffer> {
  // Memory of its own, so that numbers in it may be aligned; one byte more, to see the end.
  let bytes = Buffer.allocUnsafeSlow(size + 1);
  let length = 0;
  for (;;) {
    signal?.throwIfAborted();
    if (length === bytes.length) {
      const longer = Buffer.allocUnsafeSlow(Math.min(2 * length + 4096, largest + 1));
      bytes.copy(longer);
      bytes = longer;
    }
    const { bytesRead } = await file.read(bytes, length, Math.min(stretch, bytes.length - length));
    if (bytesRead === 0) return bytes.subarray(0, length);
    length += bytesRead;
    if (length > largest) throw tooLarge(length, largest);
  }
}

function kindOf(entry: Stats): string {
  if (entry.isDirectory()) return 'a folder';
  return entry.isFIFO() ? 'a pipe' : 'a device';
}

const tooLarge = (size: number, largest: number): UnreadableFileError =>
  new UnreadableFileError(
    `it has ${inDigits(size)} bytes or more, and expected are at most ${inDigits(largest)}`,
  );

const inDigits = (bytes: number): string => bytes.toLocaleString('en');
