// Puts a new build in the place of the old one: built beside it, by one process at a time, and moved when it is whole.
import { mkdir, readdir, realpath, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CommandError, systemReason } from '../command-error.ts';
import { withLock, type Lock } from '../lock.ts';
import { makeFolder } from '../make-folder.ts';
import { deleteBuild, refuseOthers } from './own-build.ts';
import { isWhole, readStamp } from './stamp.ts';

export interface Replacement {
  /** Builds the site into a folder that is not there yet, and stamps it. */
  readonly build: (folder: string) => Promise<void>;
  /** Asked once it is this process's turn: whether what is there will do. */
  readonly isCurrent?: (folder: string) => Promise<boolean>;
  readonly signal: AbortSignal;
  /** Hears one sentence for each process that must be waited for. */
  readonly onWait: (sentence: string) => void;
}

/**
 * `target` is a whole build at every time, but for an instant between two renames, which the next caller mends.
 *
 * @throws CommandError where something else is at `target` or beside it under our names, or where the build is not whole.
 */
export async function replaceSite(
  target: string,
  { build, isCurrent, signal, onWait }: Replacement,
): Promise<'current' | 'built'> {
  // A link to a folder is not the folder.
  const folder = await realpath(target).catch(() => target);
  await makeFolder(dirname(folder)).catch((error) => {
    throw new CommandError(`cannot make ${dirname(folder)}: ${systemReason(error)}`);
  });
  const work = `building the site into ${folder}`;
  return withLock(beside(folder, 'lock'), { work, signal, onWait }, async (lock) => {
    await clearLeftovers(folder);
    if (await isCurrent?.(folder)) return 'current';
    signal.throwIfAborted();
    await refuseOthers(folder);
    const partial = join(unfinished(folder), 'site');
    try {
      await makeUnfinished(folder);
      await build(partial);
      signal.throwIfAborted();
      const stamp = await readStamp(partial);
      if (!stamp || !(await isWhole(partial, stamp))) {
        throw new CommandError(
          `the build left no whole site in ${partial}, and ${folder} was not touched: build again`,
        );
      }
      await moveIntoPlace(folder, lock);
    } finally {
      // Whoever has taken the lock meanwhile is building there.
      await lock.confirm().then(
        () => clearUnfinished(folder),
        () => {},
      );
    }
    return 'built';
  });
}

const beside = (folder: string, what: 'lock' | 'partial' | 'replaced'): string =>
  join(dirname(folder), `.${basename(folder)}.${what}`);

/** Where the next build is made, in a folder of its own beside our mark: Astro empties the folder that it builds into. */
const unfinished = (folder: string): string => beside(folder, 'partial');
const unfinishedMark = 'unfinished-build-of-loss-atlas.txt';

async function makeUnfinished(folder: string): Promise<void> {
  try {
    await mkdir(unfinished(folder));
    await writeFile(join(unfinished(folder), unfinishedMark), 'This folder may be deleted.\n');
  } catch (error) {
    throw new CommandError(
      `cannot build in ${unfinished(folder)}: ${systemReason(error)}; build elsewhere with \`npm run build -- --outDir FOLDER\``,
    );
  }
}

async function clearUnfinished(folder: string): Promise<void> {
  const path = unfinished(folder);
  const names = await readdir(path).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw new CommandError(`cannot look into ${path}: ${systemReason(error)}; move it away`);
  });
  if (names.length > 0 && !names.includes(unfinishedMark)) {
    throw new CommandError(
      `${path} holds files that are no unfinished build of this site, and nothing was touched: move it away`,
    );
  }
  // Whoever was writing there may not have noticed yet that its parent is gone. Our mark goes last.
  await rm(join(path, 'site'), { recursive: true, force: true, maxRetries: 5 });
  await rm(join(path, unfinishedMark), { force: true });
  await rmdir(path).catch(() => {});
}

async function moveIntoPlace(folder: string, lock: Lock): Promise<void> {
  await lock.confirm();
  await refuseOthers(folder);
  try {
    if (await exists(folder)) await rename(folder, beside(folder, 'replaced'));
    await rename(join(unfinished(folder), 'site'), folder);
  } catch (error) {
    throw new CommandError(
      `cannot replace ${folder}: ${systemReason(error)}; build elsewhere with \`npm run build -- --outDir FOLDER\``,
    );
  } finally {
    await clearLeftovers(folder);
  }
}

/** What a process left that was killed; whoever calls holds the lock. */
async function clearLeftovers(folder: string): Promise<void> {
  const replaced = beside(folder, 'replaced');
  await refuseOthers(replaced);
  if (!(await exists(folder)) && (await exists(replaced))) await rename(replaced, folder);
  await deleteBuild(replaced);
  await clearUnfinished(folder);
}

const exists = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => null)) !== null;
