// The folder of kept stages: marked as ours before anything is put in it, and cleaned of nothing but our own entries.
import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from './atomic-write.ts';
import { CommandError, systemReason } from './command-error.ts';
import { tryDeadLock } from './lock.ts';
import { makeFolder } from './make-folder.ts';
import { readBounded } from './read-bounded.ts';

/** https://bford.info/cachedir/ : backups leave such a folder out. The second line makes it ours. */
const tagFile = 'CACHEDIR.TAG';
const tag = `Signature: 8a477f597d28d172789f06886806bc55
# This folder is the cache of Loss Atlas (loss-atlas-cache): it keeps trained networks and answers about them.
# Entries that nobody has used for a week are deleted; the whole may be deleted at any time.
`;

/** Where trained networks are kept, for all runs that train alike. */
export const trainingFolder = (root: string): string => join(root, 'training');

/** Where answers of analyses are kept, for all artifacts that ask the same of the same networks. */
export const answersFolder = (root: string): string => join(root, 'answers');

/** Entries are folders of these names, with these files and nothing else in them. */
const storeEntry = /^[0-9a-f]{32}$/;
/** Of earlier versions, which kept the stages of a run together. */
const runEntry = /^[a-z0-9-]+-[0-9a-f]{16}$/;
export const stageFilePattern = /^[a-z0-9_-]+\.(safetensors|json)$/;
/** What a killed writer leaves, of this version (by chance) and of the one before (by its process). */
const partialPattern = /^[a-z0-9_-]+\.(safetensors|json)\.[0-9a-f]+\.partial$/;

export const lockOfEntry = (entry: string): string => `${entry}.lock`;

/** Entries that nobody has used for so long are deleted. */
const forgottenAfter = 7 * 24 * 3600 * 1000;

/**
 * Makes the cache, or checks that it is one.
 *
 * @param isOurOwn the project's own place, which earlier versions did not mark.
 * @throws CommandError where the folder is somebody's, or cannot be used.
 */
export async function openCacheFolder(root: string, isOurOwn: boolean): Promise<void> {
  const remedy = 'set ATLAS_CACHE to a new or empty folder';
  try {
    await makeFolder(root);
    const names = await readdir(root);
    // Another process may be writing the tag.
    const others = names.filter((name) => !name.startsWith(tagFile));
    if (!names.includes(tagFile) && (others.length === 0 || isOurOwn)) {
      // Another process may have made it meanwhile, and cleared this one's beginning.
      await writeFileAtomically(join(root, tagFile), tag).catch(async (error: unknown) => {
        if (!(await isTagged(root))) throw error;
      });
    }
    if (await isTagged(root)) return await clearTagPartials(root, names);
  } catch (error) {
    throw new CommandError(`cannot use the cache ${root}: ${systemReason(error)}; ${remedy}`);
  }
  throw new CommandError(
    `ATLAS_CACHE names ${root}, which holds files that are not a cache of Loss Atlas, and nothing was touched: ${remedy}`,
  );
}

async function isTagged(root: string): Promise<boolean> {
  try {
    const text = await readBounded(join(root, tagFile), { largest: 10_000, follow: false });
    return text.includes('loss-atlas-cache');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** What processes left that were killed while they made the tag. */
async function clearTagPartials(root: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    if (!/^CACHEDIR\.TAG\.[0-9a-f]{12}\.partial$/.test(name)) continue;
    await rm(join(root, name), { force: true });
  }
}

/** Deletes the entries that nobody has used for a week and that nobody is using. */
export async function forgetOld(root: string): Promise<void> {
  for (const [folder, pattern] of [
    [root, runEntry],
    [trainingFolder(root), storeEntry],
    [answersFolder(root), storeEntry],
  ] as const) {
    const names: string[] = await readdir(folder).catch(() => []);
    for (const name of names) {
      // What another user has left there, and this one may not delete, hinders nobody.
      if (pattern.test(name)) await forgetIfOld(join(folder, name)).catch(() => {});
      const entry = /^(.*)\.lock$/.exec(name)?.[1];
      // What a killed process left whose entry has gone.
      if (entry && pattern.test(entry) && !names.includes(entry)) {
        await (await tryDeadLock(join(folder, name), 'deleting').catch(() => null))?.release();
      }
    }
  }
}

/** Deletes an entry that nobody has used for long and nobody is using. */
async function forgetIfOld(entry: string): Promise<void> {
  if (!(await isOld(entry))) return;
  const lock = await tryDeadLock(lockOfEntry(entry), 'deleting kept stages').catch(() => null);
  if (!lock) return;
  try {
    // Asked again under the lock: somebody may have used it meanwhile.
    if (await isOld(entry)) await deleteEntry(entry);
  } finally {
    await lock.release();
  }
}

/** By the dates of its files, all of which must be ours: the folder's own date may have come with a copy or a backup. */
async function isOld(entry: string): Promise<boolean> {
  const names = await readdir(entry).catch(() => []);
  if (names.length === 0 || !names.every(isEntryFile)) return false;
  for (const name of names) {
    const file = await stat(join(entry, name)).catch(() => null);
    if (!file?.isFile() || Date.now() - file.mtimeMs < forgottenAfter) return false;
  }
  return true;
}

/** Deletes an entry's files; the folder stays where somebody has put something else into it. */
export async function deleteEntry(entry: string): Promise<void> {
  // The indices come first: a stage without its index has not finished.
  const names = (await readdir(entry).catch(() => [])).filter(isEntryFile);
  names.sort((a, b) => Number(b.endsWith('.json')) - Number(a.endsWith('.json')));
  for (const name of names) await rm(join(entry, name), { force: true });
  await rmdir(entry).catch(() => {});
}

/** What killed writers left in an entry that this process holds. */
export async function clearPartials(entry: string): Promise<void> {
  for (const name of await readdir(entry).catch(() => [])) {
    if (partialPattern.test(name)) await rm(join(entry, name), { force: true }).catch(() => {});
  }
}

const isEntryFile = (name: string): boolean =>
  stageFilePattern.test(name) || partialPattern.test(name);
