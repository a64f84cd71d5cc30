// Why something could not be kept on the device, in one sentence that says what to do.

export type KeepProblem =
  /** No IndexedDB here, or none allowed. */
  | 'unavailable'
  | 'full'
  /** A newer version of the page has changed how things are kept. */
  | 'newer'
  /** An older version in another tab stands in the way. */
  | 'blocked'
  /** What was asked for is not there any more. */
  | 'gone'
  | 'other';

const sentences: Readonly<Record<KeepProblem, string>> = {
  unavailable:
    'This browser keeps nothing on the device here, as in a private window: the laboratory works all the same, and Save a file keeps your experiment.',
  full: 'The browser’s storage for this site is full: remove saved experiments, save the settings without the networks, or save a file.',
  newer:
    'Another tab runs a newer version of this page, which keeps things differently: reload this one.',
  blocked:
    'An older version of this page is open in another tab and holds what is kept: close that tab, then try again.',
  gone: 'That experiment is not on this device any more: it was removed, perhaps in another tab.',
  other: 'The browser could not keep this on the device: try again, or save a file.',
};

export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly problem: KeepProblem;

  constructor(problem: KeepProblem, cause?: unknown) {
    super(sentences[problem], { cause });
    this.problem = problem;
  }
}

/** By the name of what IndexedDB threw; a name that is not listed is a fault of this moment. */
const problems: Readonly<Record<string, KeepProblem>> = {
  QuotaExceededError: 'full',
  VersionError: 'newer',
  SecurityError: 'unavailable',
  NotSupportedError: 'unavailable',
  InvalidStateError: 'unavailable',
};

export function keepErrorOf(error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  const { name } = (error ?? {}) as { readonly name?: string };
  return new StorageError(problems[name ?? ''] ?? 'other', error);
}
