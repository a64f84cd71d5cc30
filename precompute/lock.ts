// A lock file: one process at a time works on what it stands for, the others wait in words, and no lock outlives its holder.
import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { CommandError, systemReason } from './command-error.ts';
import { livingState, ownIdentity } from './process-identity.ts';
import { readBounded } from './read-bounded.ts';

export interface LockOptions {
  /** What is done meanwhile, for those who wait: 'computing fifty'. */
  readonly work: string;
  readonly signal: AbortSignal;
  /** Hears one sentence for each holder that must be waited for. */
  readonly onWait: (sentence: string) => void;
}

export interface Lock {
  /**
   * To be asked before something lasting is done.
   * @throws CommandError where another process holds the lock by now: this one gave no sign of life for too long.
   */
  confirm(): Promise<void>;
  release(): Promise<void>;
}

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
type Holder = z.output<typeof holderSchema>;

/** Milliseconds. A holder whose process cannot be asked after is taken for dead when its sign of life has not changed for `silence`. */
const times = { sign: 5_000, silence: 90_000, look: 200 };

/** How every lock begins: a file without it is somebody else's. */
const mark = '{"format":"loss-atlas-lock"';

/** Far beyond any lock; a longer file is something else. */
const longestLock = 10_000;

/**
 * Waits until the lock is free, and takes it.
 *
 * @param path of the lock file, in a folder that exists.
 * @throws the signal's reason, or CommandError where the file cannot be made.
 */
export async function acquireLock(
  path: string,
  { work, signal, onWait }: LockOptions,
  { silence, look }: Pick<typeof times, 'silence' | 'look'> = times,
): Promise<Lock> {
  let told = '';
  let seen = { text: '', sign: 0, since: 0 };
  for (;;) {
    signal.throwIfAborted();
    const lock = await tryLock(path, work);
    if (lock) return lock;
    const now = await signOf(path);
    // Gone again: the next try may succeed.
    if (now === null) continue;
    if (now.text !== seen.text || now.sign !== seen.sign)
      seen = { ...now, since: performance.now() };
    // By this machine's own clock: another's may be wrong.
    const isSilent = performance.now() - seen.since > silence;
    const holder = parseHolder(now.text);
    if ((await isDead(holder)) ?? isSilent) {
      await takeAway(path, now.text);
      continue;
    }
    if (now.text !== told) onWait(waitingFor(path, holder));
    told = now.text;
    await sleep(look, undefined, { signal }).catch(() => {});
  }
}

/** Holds the lock while `use` works. */
export async function withLock<Result>(
  path: string,
  options: LockOptions,
  use: (lock: Lock) => Promise<Result>,
): Promise<Result> {
  const lock = await acquireLock(path, options);
  try {
    return await use(lock);
  } finally {
    await lock.release();
  }
}

/** Null where somebody has it, living or dead. */
export async function tryLock(path: string, work: string): Promise<Lock | null> {
  const holder: Holder = {
    format: 'loss-atlas-lock',
    token: randomUUID(),
    ...(await ownIdentity()),
    since: new Date().toISOString(),
    work,
  };
  try {
    if (!(await create(path, JSON.stringify(holder)))) return null;
  } catch (error) {
    throw new CommandError(
      `cannot make the lock ${path}: ${systemReason(error)}; expected a folder that can be written to`,
    );
  }
  return heldLock(path, holder.token);
}

/** Takes the lock of a holder that is known to be dead, or that is free; null where it may live. Does not wait. */
export async function tryDeadLock(path: string, work: string): Promise<Lock | null> {
  const lock = await tryLock(path, work);
  if (lock) return lock;
  const now = await signOf(path);
  if (now !== null && (await isDead(parseHolder(now.text)))) await takeAway(path, now.text);
  return tryLock(path, work);
}

function heldLock(path: string, token: string): Lock {
  const isOurs = async () => parseHolder((await signOf(path))?.text ?? '')?.token === token;
  const signs = setInterval(() => {
    const now = new Date();
    void isOurs().then((ours) => (ours ? utimes(path, now, now) : undefined), ignore);
  }, times.sign);
  signs.unref();
  return {
    async confirm() {
      if (await isOurs()) return;
      throw new CommandError(
        `the lock ${path} has been taken by another process, because this one gave no sign of life for ${times.silence / 1000} s: nothing was written; run again`,
      );
    },
    async release() {
      clearInterval(signs);
      if (await isOurs()) await rm(path, { force: true }).catch(ignore);
    },
  };
}

/** Makes the file with its whole content at once, so that nobody reads half of it; false where it is there. */
async function create(path: string, text: string): Promise<boolean> {
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

/** Removes a dead holder's lock; one that came in its place meanwhile is put back. */
async function takeAway(path: string, text: string): Promise<void> {
  const aside = `${path}.${randomUUID().slice(0, 8)}.partial`;
  try {
    await rename(path, aside);
  } catch (error) {
    // Another one was quicker.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw new CommandError(
      `cannot remove the lock ${path} that a killed process left: ${systemReason(error)}; remove it by hand`,
    );
  }
  const moved = await readFile(aside, 'utf8').catch(() => text);
  if (moved !== text) await link(aside, path).catch(ignore);
  await rm(aside, { force: true }).catch(ignore);
}

/** What the lock says, and when its holder last showed that it lives; null where there is none. */
async function signOf(path: string): Promise<{ text: string; sign: number } | null> {
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

function parseHolder(text: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Null where it cannot be known: another host's or container's process, or a lock that says nothing. */
async function isDead(holder: Holder | null): Promise<boolean | null> {
  if (holder === null) return null;
  const state = await livingState(holder, await ownIdentity());
  return state === 'unknown' ? null : state === 'dead';
}

function waitingFor(path: string, holder: Holder | null): string {
  if (holder === null) return `waiting for whoever holds ${path} (Ctrl-C stops waiting)`;
  const { process: pid, host, work, since } = holder;
  return `waiting for process ${pid} on ${host}, which has been ${work} since ${since} (Ctrl-C stops waiting; the lock is ${path})`;
}

const ignore = (): void => {};
