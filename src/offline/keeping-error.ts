// Why something could not be kept, as an error that a page can put into words.
import type { FailureReason } from './offline-messages.ts';

export class KeepingError extends Error {
  readonly reason: FailureReason;

  constructor(reason: FailureReason) {
    super(`The edition could not be kept (${reason}).`);
    this.reason = reason;
  }
}

export function reasonOf(error: unknown): FailureReason {
  if (error instanceof KeepingError) return error.reason;
  // Workbox wraps what its strategies throw.
  const cause = (error as { details?: { error?: unknown } } | null)?.details?.error;
  if (cause !== undefined) return reasonOf(cause);
  return (error as Error | null)?.name === 'QuotaExceededError' ? 'storage' : 'network';
}
