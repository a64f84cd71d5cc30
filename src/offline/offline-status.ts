// What the switch says: how much is kept, and what went wrong, in a sentence.
import type { OfflineState } from './service-worker-client.ts';
import type { FailureReason } from './offline-messages.ts';

const failures: Readonly<Record<FailureReason, string>> = {
  storage: 'Not kept: this device has no room for it. Free some space; the next visit tries again.',
  network: 'Not kept: the download broke off. The next visit tries again.',
  replaced: 'Not kept: a new edition was published meanwhile. The next visit fetches that one.',
  altered:
    'Not kept: this host changes the pages on their way, so that they cannot be checked. Everything goes on as before with a network. The next visit tries again.',
  wrong: 'Not kept: a file did not come as it was published. The next visit tries again.',
  saving: 'Not kept yet, since your browser asks to save data.',
  declined: 'Nothing is kept; every visit needs a network.',
};

const runtimeFailures: Readonly<Record<FailureReason, string>> = {
  ...failures,
  storage: 'There was no room for the training engine.',
  network: 'The training engine could not be fetched; try again.',
  wrong: 'The training engine did not come as it was published; try again.',
};

/** Of the others, nothing need be said: what is kept goes on, and the next visit tries again. */
const newEditionFailures: Partial<Record<FailureReason, string>> = {
  storage: 'There was no room for the new edition.',
  altered:
    'There is a new edition, which cannot be kept, since this host changes the pages on their way. Switch this off to read it with a network.',
  wrong: 'The new edition did not come as it was published; the next visit tries again.',
};

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

export function wordsFor(state: OfflineState): string {
  const { phase, reason, stock } = state;
  if (phase === 'unsupported')
    return 'This browser keeps no pages here: that needs a secure address (https) and an ordinary window.';
  if (phase === 'off') return 'Nothing is kept; every visit needs a network.';
  if (phase === 'waiting')
    return 'Not kept yet, since your browser asks to save data. Switch it on to keep it all the same.';
  if (phase === 'failed') return failures[reason ?? 'network'];
  if (phase === 'fetching' || !stock) return 'Being fetched in the background …';
  return [`${megabytes(stock.bytes)} are kept; ${runtimeWords(state)}`, newEdition(state)]
    .filter(Boolean)
    .join(' ');
}

function runtimeWords({ stock, isFetchingRuntime, runtimeFailure }: OfflineState): string {
  const rest = 'pages, figures and search open without a network.';
  if (isFetchingRuntime) return `${rest} The training engine is being fetched …`;
  if (runtimeFailure) return `${rest} ${runtimeFailures[runtimeFailure]}`;
  return stock?.hasRuntime
    ? 'pages, figures, search and training work without a network.'
    : `${rest} Training does too, once its engine has been used or kept.`;
}

const newEdition = ({ hasNewEdition, reason }: OfflineState): string => {
  if (hasNewEdition) return 'A new edition is ready.';
  return (reason && newEditionFailures[reason]) ?? '';
};
