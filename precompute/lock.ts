// A lock file: one process at a time works on what it stands for, the others wait in words, and no lock outlives its holder.
import { randomUUID } from 'node:crypto';
import { readdir, rm, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommandError, systemReason } from './command-error.ts';
import {
  createLockFile,
  isDead,
  parseHolder,
  readLockFile,
  removeDeadLock,
  type Holder,
} from './lock-file.ts';
import { ownIdentity } from './process-identity.ts';

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
  /** Never rejects. */
  release(): Promise<void>;
}

/** Milliseconds. A holder whose process cannot be asked after is taken for dead when its sign of life has not changed for `silence`. */
const times = { sign: 5_000, silence: 90_000, look: 200 };

/** Tokens of the locks that this process holds. */
const held = new Set<string>();

/** As `isDead`; and a lock of this very process that it does not hold any more, since it could not be removed then. */
async function isLeft(holder: Holder | null): Promise<boolean | null> {
  const own = await ownIdentity();
  const isOwn = holder?.process === own.process && holder.numbering === own.numbering;
  return isOwn && !held.has(holder.token) ? true : isDead(holder);
}

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
    if (lock) {
      await clearLockPartials(path);
      return lock;
    }
    const now = await readLockFile(path);
    // Gone again: the next try may succeed.
    if (now === null) continue;
    if (now.text !== seen.text || now.sign !== seen.sign)
      seen = { ...now, since: performance.now() };
    // By this machine's own clock: another's may be wrong.
    const isSilent = performance.now() - seen.since > silence;
    const holder = parseHolder(now.text);
    if ((await isLeft(holder)) ?? isSilent) {
      await removeDeadLock(path, now.text);
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
  held.add(holder.token);
  try {
    if (!(await createLockFile(path, JSON.stringify(holder)))) {
      held.delete(holder.token);
      return null;
    }
  } catch (error) {
    held.delete(holder.token);
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
  const now = await readLockFile(path);
  if (now !== null && (await isLeft(parseHolder(now.text)))) await removeDeadLock(path, now.text);
  return tryLock(path, work);
}

/** Removes what processes left of this lock that were killed while they made it; those at work need an instant. */
async function clearLockPartials(path: string): Promise<void> {
  const begin = `${basename(path)}.`;
  // By the clock of whoever keeps the files: this machine's own may be another.
  const now = (await readLockFile(path).catch(() => null))?.sign ?? 0;
  for (const name of await readdir(dirname(path)).catch(() => [])) {
    if (!name.startsWith(begin) || !/\.[0-9a-f]{8}\.partial$/.test(name)) continue;
    const partial = join(dirname(path), name);
    const found = await readLockFile(partial).catch(() => null);
    if (found === null) continue;
    const isOld = now - found.sign > 60_000;
    if ((await isDead(parseHolder(found.text))) ?? isOld)
      await rm(partial, { force: true }).catch(ignore);
  }
}

function heldLock(path: string, token: string): Lock {
  const isOurs = async () => parseHolder((await readLockFile(path))?.text ?? '')?.token === token;
  const signs = setInterval(() => {
    const now = new Date();
    void isOurs()
      .then((ours) => (ours ? utimes(path, now, now) : undefined))
      .catch(ignore);
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
      held.delete(token);
      // What was done under the lock is done: a lock that stays behind is known for a dead one.
      if (await isOurs().catch(() => false)) await rm(path, { force: true }).catch(ignore);
    },
  };
}

function waitingFor(path: string, holder: Holder | null): string {
  if (holder === null) return `waiting for whoever holds ${path} (Ctrl-C stops waiting)`;
  const { process: pid, host, work, since } = holder;
  return `waiting for process ${pid} on ${host}, which has been ${work} since ${since} (Ctrl-C stops waiting; the lock is ${path})`;
}

const ignore = (): void => {};
