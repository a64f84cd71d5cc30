import { spawn } from 'node:child_process';
import {
  copyFileSync,
  rmSync,
  utimesSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireLock, tryDeadLock, tryLock, withLock } from '../../../precompute/lock.ts';
import { ownIdentity } from '../../../precompute/process-identity.ts';
import { projectRoot, temporaryFolder } from './run-atlas.ts';

let folder = temporaryFolder();
let path = '';
let heard: string[] = [];
let stop = new AbortController();
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, '.run.lock');
  heard = [];
  stop = new AbortController();
});
afterEach(() => folder.remove());

const options = () => ({
  work: 'computing run',
  signal: stop.signal,
  onWait: (sentence: string) => heard.push(sentence),
});
const quick = { silence: 300, look: 10 };
const acquire = () => acquireLock(path, options(), quick);

/** A lock as another process would have left it. */
async function heldBy(changes: object) {
  const holder = { format: 'loss-atlas-lock', token: 't', ...(await ownIdentity()) };
  const facts = { since: '2026-11-30T10:00:00Z', work: 'computing run', ...changes };
  writeFileSync(path, JSON.stringify({ ...holder, ...facts }));
}

describe('a lock', () => {
  it('names its holder, and is gone when it is released', async () => {
    const lock = await acquire();
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      format: 'loss-atlas-lock',
      process: process.pid,
      work: 'computing run',
    });
    await lock.confirm();
    await lock.release();
    expect(readdirSync(folder.path)).toEqual([]);
    expect(heard).toEqual([]);
  });

  it('is held by one at a time, while the others wait in words', async () => {
    let [inside, most] = [0, 0];
    const work = () =>
      withLock(path, options(), async () => {
        most = Math.max(most, ++inside);
        await new Promise((done) => setTimeout(done, 5));
        inside--;
      });
    await Promise.all(Array.from({ length: 5 }, work));
    expect(most).toBe(1);
    expect(heard[0]).toMatch(
      /^waiting for process \d+ on \S+, which has been computing run since .* \(Ctrl-C stops waiting; the lock is .*\.run\.lock\)$/,
    );
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('stops waiting when told to', async () => {
    const lock = await acquire();
    const second = acquire();
    setTimeout(() => stop.abort(new Error('stopped')), 30);
    await expect(second).rejects.toThrow('stopped');
    await lock.confirm();
    await lock.release();
  });

  it('of a process that lives is respected however long it is silent', async () => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
    try {
      const [, started] = await startOf(child.pid!);
      await heldBy({ process: child.pid, started });
      setTimeout(() => stop.abort(new Error('stopped')), 800);
      await expect(acquire()).rejects.toThrow('stopped');
      expect(await tryDeadLock(path, 'pruning')).toBeNull();
    } finally {
      child.kill('SIGKILL');
    }
  });

  it.each([
    ['whose process is gone', { process: 99_999_999 }],
    ['whose number another process has by now', { started: '1' }],
    ['of another host that is silent', { numbering: 'elsewhere', host: 'elsewhere', process: 1 }],
    ['of another container, whose process has our own number', { numbering: 'a container' }],
  ])('%s is taken over', async (_, changes) => {
    await heldBy(changes);
    const lock = await acquire();
    await lock.confirm();
    await lock.release();
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('of another host that shows signs of life is waited for', async () => {
    await heldBy({ numbering: 'elsewhere', host: 'elsewhere', process: 1 });
    const signs = setInterval(
      () => void heldBy({ numbering: 'elsewhere', token: `${Date.now()}` }),
      50,
    );
    setTimeout(() => stop.abort(new Error('stopped')), 900);
    await expect(acquire()).rejects.toThrow('stopped');
    clearInterval(signs);
    expect(await tryDeadLock(path, 'pruning')).toBeNull();
  });

  it('taken over by another is noticed by its first holder, and left alone', async () => {
    const lock = await acquire();
    await heldBy({ token: 'another' });
    await expect(lock.confirm()).rejects.toThrow(/has been taken by another process.*run again/);
    await lock.release();
    expect(existsSync(path)).toBe(true);
  });

  it.each([
    ['a file of somebody’s', () => writeFileSync(path, 'my notes'), /is not a lock of Loss Atlas/],
    ['a folder', () => mkdirSync(path), /cannot read the lock .*a folder/],
    ['a link', () => symlinkSync(join(folder.path, 'nowhere'), path), /cannot read the lock/],
  ])('is refused where %s has its name', async (_, make, message) => {
    make();
    await expect(acquire()).rejects.toThrow(message);
    expect(readdirSync(folder.path)).toEqual(['.run.lock']);
  });

  it('clears what killed processes left of it, and nothing of those that make it now', async () => {
    const partial = (token: string) => `${path}.${token}.partial`;
    await heldBy({ process: 99_999_999 });
    copyFileSync(path, partial('00000001'));
    await heldBy({});
    for (const token of ['00000002', 'backup']) copyFileSync(path, partial(token));
    writeFileSync(partial('00000003'), '{"form');
    writeFileSync(partial('00000004'), '{"form');
    utimesSync(partial('00000004'), 1, 1);
    rmSync(path);
    const lock = await acquire();
    await lock.release();
    const left = ['00000002', '00000003', 'backup'];
    expect(readdirSync(folder.path)).toEqual(left.map((token) => basename(partial(token))));
  });

  it('outlives a sign of life that fails, and a release of what is not there any more', async () => {
    const lock = await acquireLock(path, options(), quick);
    rmSync(path);
    mkdirSync(path);
    await lock.release();
    expect(readdirSync(folder.path)).toEqual(['.run.lock']);
  });

  it('that this process could not remove does not make it wait for itself', async () => {
    await heldBy({ token: 'released, and still there' });
    await (await acquire()).release();
    expect([readdirSync(folder.path), heard]).toEqual([[], []]);
  });

  it('of a dead process is removed by one at a time, however many find it', async () => {
    await heldBy({ process: 99_999_999 });
    let [inside, most, done] = [0, 0, 0];
    const work = async () => {
      const lock = await acquire();
      most = Math.max(most, ++inside);
      await new Promise((next) => setTimeout(next, 3));
      await lock.confirm();
      inside--;
      done++;
      await lock.release();
    };
    await Promise.all(Array.from({ length: 12 }, work));
    expect([most, done]).toEqual([1, 12]);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('is taken though a process was killed while it removed the one before', async () => {
    await heldBy({ process: 99_999_999 });
    writeFileSync(`${path}.removing`, '');
    await (await acquire()).release();
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('cannot be made where its folder is missing, in a sentence', async () => {
    await expect(tryLock(join(folder.path, 'none', 'x.lock'), 'x')).rejects.toThrow(
      /cannot make the lock .*: it does not exist; expected a folder that can be written to/,
    );
  });

  it('is taken by one of many processes at once, and outlives no killed one', async () => {
    const script = `
      import { acquireLock } from ${JSON.stringify(join(projectRoot, 'precompute/lock.ts'))};
      import { appendFileSync } from 'node:fs';
      const lock = await acquireLock(${JSON.stringify(path)}, { work: 'x', signal: new AbortController().signal, onWait() {} });
      appendFileSync(${JSON.stringify(join(folder.path, 'log'))}, 'in ');
      await new Promise((done) => setTimeout(done, 20));
      if (process.argv[2] === 'die') process.kill(process.pid, 'SIGKILL');
      appendFileSync(${JSON.stringify(join(folder.path, 'log'))}, 'out ');
      await lock.release();`;
    const file = join(folder.path, 'holder.ts');
    writeFileSync(file, script);
    const ends = ['die', 'live', 'die', 'live'].map(
      (end) =>
        new Promise((done) =>
          spawn(process.execPath, [file, end]).on('exit', (code) => done(code)),
        ),
    );
    await Promise.all(ends);
    const log = readFileSync(join(folder.path, 'log'), 'utf8').trim().split(' ');
    expect(log.filter((word) => word === 'in')).toHaveLength(4);
    // Whoever comes in finds nobody there: the one before went out, or died.
    expect(log.join(' ')).not.toMatch(/out out/);
    expect(log.filter((word) => word === 'out')).toHaveLength(2);
    await (await acquire()).release();
    expect(readdirSync(folder.path).sort()).toEqual(['holder.ts', 'log']);
  });
});

/** What the system says of a process's start, as the lock records it. */
async function startOf(pid: number): Promise<[number, string | null]> {
  if (!existsSync('/proc/self/stat')) return [pid, null];
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return [pid, stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null];
}
