// Files that are either whole or not there: written beside, flushed to the disk, then renamed.
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CommandError, systemReason } from './command-error.ts';

/** Whole file at `path`, or the one that was there before. */
export async function writeFileAtomically(path: string, content: Uint8Array | string) {
  const partial = `${path}.${process.pid}.partial`;
  try {
    await writeFlushed(partial, content);
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true }).catch(() => {});
  }
}

/**
 * A whole folder at `target`, in place of the one that was there. Files are written in the map's
 * order. Between the two renames of a replacement there is an instant without either; whoever is
 * killed in it finds the old folder put back by `recoverFolder`.
 *
 * @throws CommandError where it cannot be written.
 */
export async function writeFolderAtomically(
  target: string,
  files: ReadonlyMap<string, Uint8Array | string>,
  signal?: AbortSignal,
): Promise<void> {
  const { partial, replaced } = besides(target, process.pid);
  try {
    await mkdir(partial, { recursive: true });
    for (const [path, content] of files) {
      signal?.throwIfAborted();
      await mkdir(dirname(join(partial, path)), { recursive: true });
      await writeFlushed(join(partial, path), content);
    }
    await flushFolder(partial);
    signal?.throwIfAborted();
    if (await exists(target)) await rename(target, replaced);
    await rename(partial, target);
    await flushFolder(dirname(target));
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new CommandError(
      `cannot write ${target}: ${systemReason(error)}; choose another folder with --out`,
    );
  } finally {
    await recoverFolder(target);
    // Where it could not even be made there is nothing to remove.
    await rm(partial, { recursive: true, force: true }).catch(() => {});
  }
}

/** Puts back a folder whose replacement was cut short, and removes what killed writers left beside it. */
export async function recoverFolder(target: string): Promise<void> {
  const siblings = await readdir(dirname(target)).catch(() => []);
  for (const name of siblings) {
    const match = leftoverPattern.exec(name);
    if (!match || match[1] !== basename(target)) continue;
    const path = join(dirname(target), name);
    if (Number(match[2]) !== process.pid && isAlive(Number(match[2]))) continue;
    if (match[3] === 'replaced' && !(await exists(target))) await rename(path, target);
    else if (match[3] === 'replaced' || Number(match[2]) !== process.pid) {
      await rm(path, { recursive: true, force: true });
    }
  }
}

const leftoverPattern = /^\.(.+)\.(\d+)\.(partial|replaced)$/;

function besides(target: string, pid: number): { partial: string; replaced: string } {
  const path = (what: string) => join(dirname(target), `.${basename(target)}.${pid}.${what}`);
  return { partial: path('partial'), replaced: path('replaced') };
}

async function writeFlushed(path: string, content: Uint8Array | string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Flushes a folder's entries; Windows opens no folders and needs no flush. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}
