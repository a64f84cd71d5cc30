// An artifact's folder as a whole: written beside, flushed to the disk, then renamed into the place of the one before.
import { readdir, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { checkReplaceable, deleteArtifact, deletePartialArtifact } from './artifact-ownership.ts';
import { flushFolder, partialToken, writeFlushed } from './atomic-write.ts';
import { CommandError, systemReason } from './command-error.ts';
import { makeFolder } from './make-folder.ts';

export interface WriteGuard {
  readonly signal?: AbortSignal | undefined;
  /** Asked once more before the old folder gives way: whether this process still holds the lock. */
  readonly confirm?: () => Promise<void>;
}

/** Beside the folder, so that whoever shares the one shares the other. */
export const lockBeside = (target: string): string =>
  join(dirname(target), `.${basename(target)}.lock`);

/**
 * A whole folder at `target`, in place of the artifact that was there. Files are written in the map's
 * order. Between the two renames of a replacement there is an instant without either; whoever is
 * killed in it finds the old folder put back by `recoverFolder`. The caller holds `lockBeside(target)`.
 *
 * @throws CommandError where it cannot be written, or where something that is not an artifact's is in the way.
 */
export async function writeFolderAtomically(
  target: string,
  files: ReadonlyMap<string, Uint8Array | string>,
  { signal, confirm }: WriteGuard = {},
): Promise<void> {
  const token = partialToken();
  const beside = (what: string) => join(dirname(target), `.${basename(target)}.${token}.${what}`);
  const [partial, replaced] = [beside('partial'), beside('replaced')];
  let isHeld = true;
  try {
    await writeFiles(partial, files, signal);
    await confirm?.().catch((error: unknown) => {
      isHeld = false;
      throw error;
    });
    signal?.throwIfAborted();
    await checkReplaceable(target);
    await rename(target, replaced).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    await rename(partial, target);
    await flushFolder(dirname(target));
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof CommandError) throw error;
    throw new CommandError(
      `cannot write ${target}: ${systemReason(error)}; choose another folder with --out`,
    );
  } finally {
    // What else lies beside is another process's by now, if that one has the lock.
    const mended = isHeld ? recoverFolder(target) : deletePartialArtifact(partial);
    await mended.catch(() => {});
  }
}

async function writeFiles(
  folder: string,
  files: ReadonlyMap<string, Uint8Array | string>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const folders = new Set([folder]);
  await makeFolder(folder);
  for (const [path, content] of files) {
    signal?.throwIfAborted();
    const inner = dirname(join(folder, path));
    if (!folders.has(inner)) await makeFolder(inner);
    folders.add(inner);
    await writeFlushed(join(folder, path), content);
  }
  // Inner folders first: a name that lasts must lead to entries that last.
  for (const written of [...folders].reverse()) await flushFolder(written);
}

/**
 * Puts back a folder whose replacement was cut short, and removes what killed writers left beside it. The caller
 * holds the folder's lock, so that nobody is writing there.
 */
export async function recoverFolder(target: string): Promise<void> {
  const parent = dirname(target);
  for (const name of await readdir(parent).catch(() => [])) {
    const match = leftoverPattern.exec(name);
    if (!match || match[1] !== basename(target)) continue;
    const path = join(parent, name);
    if (match[2] === 'partial') await deletePartialArtifact(path);
    else if (!(await renamed(path, target))) await deleteArtifact(path);
  }
}

/** By chance, or by the number of a process of an earlier version. */
const leftoverPattern = /^\.(.+)\.[0-9a-f]+\.(partial|replaced)$/;

/** Where a folder with something in it has the name already, it stays. */
async function renamed(path: string, target: string): Promise<boolean> {
  try {
    await rename(path, target);
    return true;
  } catch (error) {
    const inTheWay = ['ENOTEMPTY', 'EEXIST', 'ENOTDIR', 'EPERM'];
    if (inTheWay.includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}
