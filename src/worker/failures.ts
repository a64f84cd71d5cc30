// Turns what went wrong into a sentence that says what to do.

export type FailureKind =
  'experiment' | 'device-lost' | 'memory' | 'provider' | 'download' | 'other';

export interface Failure {
  readonly kind: FailureKind;
  /** What went wrong and what to do, one sentence. */
  readonly sentence: string;
}

/** The graphics device went away while training. */
export class DeviceLostError extends Error {
  override readonly name = 'DeviceLostError';
}

/** How browsers and ONNX Runtime say that there is no memory left. */
const outOfMemory =
  /out of memory|bad_alloc|allocation failed|failed to allocate|array buffer allocation|invalid typed array length|memory access out of bounds|cannot enlarge memory/i;

/** Names of our own errors whose message already is the sentence a reader needs. */
const ownErrors: Readonly<Record<string, FailureKind>> = {
  ExperimentError: 'experiment',
  CsvError: 'experiment',
  ProviderError: 'provider',
};

export function failureOf(error: unknown): Failure {
  const { name, message } =
    error instanceof Error ? error : { name: '', message: String(error ?? 'nothing said why') };
  const kind = ownErrors[name];
  if (kind) return { kind, sentence: asSentence(message) };
  if (name === 'DeviceLostError') {
    return {
      kind: 'device-lost',
      sentence: `The graphics device was lost while training (${firstLine(message)}); train again on WebAssembly, which computes the same.`,
    };
  }
  if (outOfMemory.test(message)) {
    return {
      kind: 'memory',
      sentence:
        'The browser has no memory left for this run: choose fewer initialisations, smaller hidden sizes or fewer points, then train again.',
    };
  }
  if (/could not be loaded|failed to fetch|load failed|networkerror/i.test(message)) {
    return {
      kind: 'download',
      sentence: `The runtime or the data could not be loaded (${firstLine(message)}); check the connection and train again.`,
    };
  }
  return {
    kind: 'other',
    sentence: `Training ended with an error (${firstLine(message)}); reset and train again.`,
  };
}

function firstLine(message: string): string {
  return (message.split('\n', 1)[0] ?? '').trim().replace(/\.$/, '').slice(0, 200);
}

function asSentence(message: string): string {
  const text = message.trim();
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
