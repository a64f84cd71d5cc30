// The file of a lock: made whole at once, read with care, removed only as it was read.
import { randomUUID } from 'node:crypto';
import { link, open, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { CommandError, systemReason } from './command-error.ts';
import { livingState, ownIdentity } from './process-identity.ts';
import { readBounded } from './read-bounded.ts';

const holderSchema = z.object({
  format: z.literal('loss-atlas-lock'),
  token: z.string(),
  host: z.string(),
  numbering: z.string(),
  process: z.number().int().positive(),
  started: z.string().nullable(),
  since: z.string(),
  work: z.string(),
});
export type Holder = z.output<typeof holderSchema>;

/** How every lock begins: a file without it is somebody else's. */
const mark = '{"format":"loss-atlas-lock"';

/** Far beyond any lock; a longer file is something else. */
const longestLock = 10_000;

/** Makes the file with its whole content at once, so that nobody reads half of it; false where it is there. */
export async function createLockFile(path: string, text: string): Promise<boolean> {
  const partial = `${path}.${randomUUID().slice(0, 8)}.partial`;
  try {
    await writeFile(partial, text, { flag: 'wx' });
    await link(partial, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code === undefined || !withoutLinks.has(code)) throw error;
    return await createWithoutLink(path, text);
  } finally {
    await rm(partial, { force: true }).catch(ignore);
  }
}

/** What file systems answer that know no hard links. */
const withoutLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV']);

async function createWithoutLink(path: string, text: string): Promise<boolean> {
  const file = await open(path, 'wx').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return null;
    throw error;
  });
  try {
    await file?.writeFile(text);
  } finally {
    await file?.close();
  }
  return file !== null;
}

/**
 * Removes a dead holder's lock, if it is still there. One process at a time does so, and looks again when it is its
 * turn: otherwise the second would remove what the first has put in its place.
 */
export async function removeDeadLock(path: string, text: string): Promise<void> {
  const removal = `${path}.removing`;
  try {
    await writeFile(removal, '', { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return await endStaleRemoval(removal);
    throw cannotRemove(path, error);
  }
  try {
    if ((await readLockFile(path))?.text === text) await rm(path, { force: true });
  } catch (error) {
    throw error instanceof CommandError ? error : cannotRemove(path, error);
  } finally {
    await rm(removal, { force: true }).catch(ignore);
  }
}

/** A removal takes an instant; one that lasts belongs to a process that was killed in it. */
async function endStaleRemoval(removal: string): Promise<void> {
  const before = await stat(removal).catch(() => null);
  await sleep(before === null ? 0 : 2000);
  const after = await stat(removal).catch(() => null);
  const isSame = before !== null && before.ino === after?.ino && before.mtimeMs === after.mtimeMs;
  if (isSame) await rm(removal, { force: true }).catch(ignore);
}

const cannotRemove = (path: string, error: unknown): CommandError =>
  new CommandError(
    `cannot remove the lock ${path} that a killed process left: ${systemReason(error)}; remove it by hand`,
  );

/** What the lock says, and when its holder last showed that it lives; null where there is none. */
export async function readLockFile(path: string): Promise<{ text: string; sign: number } | null> {
  try {
    // A link in its place leads to somebody's file.
    const bytes = await readBounded(path, { largest: longestLock, follow: false });
    const text = bytes.toString('utf8');
    if (!text.startsWith(mark) && !mark.startsWith(text)) {
      throw new CommandError(
        `${path} is not a lock of Loss Atlas, which needs this name for one: move it away`,
      );
    }
    return { text, sign: (await stat(path)).mtimeMs };
  } catch (error) {
    if (error instanceof CommandError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new CommandError(
      `cannot read the lock ${path}: ${systemReason(error)}; move it away if no other process is at work`,
    );
  }
}

export function parseHolder(text: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Null where it cannot be known: another host's or container's process, or a lock that says nothing. */
export async function isDead(holder: Holder | null): Promise<boolean | null> {
  if (holder === null) return null;
  const state = await livingState(holder, await ownIdentity());
  return state === 'unknown' ? null : state === 'dead';
}

const ignore = (): void => {};
