// What the command says when it cannot go on: one sentence, no stack.
import { printable } from './output.ts';
import { ProviderError } from '../src/engine/runtime/executor.ts';
import { ArtifactError } from '../src/artifact/artifact-error.ts';
import { CsvError } from '../src/learning/csv.ts';
import { ExperimentError } from '../src/learning/experiment-error.ts';

/** A mistake of the command's user: what was wrong, where, what was expected, what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** Stopped by the user (Ctrl-C); not a failure. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
  constructor() {
    super('stopped; finished stages are kept, the same command goes on from there');
  }
}

const systemReasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
  ENOENT: 'it does not exist',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder',
  EEXIST: 'a file of that name is in the way',
  ENAMETOOLONG: 'the name is too long',
  ENXIO: 'it is a socket or a device that is not there',
  ENODEV: 'it is a device that is not there',
  EIO: 'the disk reports an error',
  ELOOP: 'its links go round in a circle',
};

/** The reason of a failed system call in words: 'permission denied'. */
export function systemReason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  return systemReasons[code] ?? (code || messageOf(error));
}

/** Errors whose message is the sentence to show. */
const ours = [
  CommandError,
  InterruptedError,
  ExperimentError,
  CsvError,
  ArtifactError,
  ProviderError,
];

/** One line for any error; those that are not ours say how to see more. */
export function oneSentence(error: unknown): string {
  const isOurs = ours.some((kind) => error instanceof kind);
  if (isOurs) return onOneLine(messageOf(error));
  const { path } = (error ?? {}) as NodeJS.ErrnoException;
  if (path) return onOneLine(`cannot use ${path}: ${systemReason(error)}`);
  return onOneLine(
    `unexpected error: ${messageOf(error)} (ATLAS_DEBUG=1 shows where it came from)`,
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function onOneLine(text: string): string {
  return printable(text.replace(/\s*[\r\n]+\s*/g, ' ').trim());
}
