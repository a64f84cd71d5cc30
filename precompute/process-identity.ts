// Who a process is, so that another one can tell whether it still lives: its number alone means nothing in another container or on another host.
import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';

export interface ProcessIdentity {
  readonly host: string;
  /** Two processes see each other's numbers where these are equal: this start of this machine, and the container. */
  readonly numbering: string;
  readonly process: number;
  /** When it started, in the system's own words; null where the system does not tell. A number is given to one process after another. */
  readonly started: string | null;
}

export async function ownIdentity(): Promise<ProcessIdentity> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const container = await readlink('/proc/self/ns/pid').catch(() => '');
  const host = hostname();
  return {
    host,
    numbering: [host, boot.trim(), container].join(' ').trim(),
    process: process.pid,
    started: await startOf(process.pid),
  };
}

/** Whether it lives; 'unknown' where only its own signs of life can tell. */
export async function livingState(
  other: ProcessIdentity,
  own: ProcessIdentity,
): Promise<'alive' | 'dead' | 'unknown'> {
  if (other.numbering !== own.numbering) return 'unknown';
  // Where the system does not number its starts, two hosts of one name cannot be told apart.
  const isSureOfHost = own.numbering !== own.host;
  if (!isRunning(other.process)) return isSureOfHost ? 'dead' : 'unknown';
  const started = await startOf(other.process);
  if (started === null || other.started === null || started === other.started) return 'alive';
  return isSureOfHost ? 'dead' : 'unknown';
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** On Linux field 22 of proc(5)'s `stat`, counted behind the program's name, which may hold anything; elsewhere what `ps` says. */
async function startOf(pid: number): Promise<string | null> {
  if (process.platform === 'win32') return null;
  if (process.platform !== 'linux') return startByPs(pid);
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

async function startByPs(pid: number): Promise<string | null> {
  const options = { env: { ...process.env, LC_ALL: 'C' } };
  const told = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], options).catch(
    () => null,
  );
  return told?.stdout.trim() || null;
}
