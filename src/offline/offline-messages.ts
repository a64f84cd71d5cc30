// What pages and the service worker say to each other.

export type FailureReason =
  | 'storage'
  | 'network'
  /** The host has another edition by now. */
  | 'replaced'
  /** The host has this edition, and sends other pages than were published. */
  | 'altered'
  /** A file did not come as it was published. */
  | 'wrong'
  | 'saving'
  | 'declined';

export type ToWorker =
  /** Nothing more is fetched or stored; answered when nothing is under way any more. */
  | { readonly kind: 'decline' }
  /** Answered on the message's port with a `Stock`. */
  | { readonly kind: 'tell' }
  /** Fetches what is missing of the edition, where its caches have gone; answered like `keep-runtime`. */
  | { readonly kind: 'refill' }
  /** Fetches the runtime; answered on the port with a `Stock`, or with why not. */
  | { readonly kind: 'keep-runtime' }
  /** A waiting edition takes over if one page alone is open; answered with whether it does. */
  | { readonly kind: 'take-over' };

export type FromWorker =
  /** An edition could not be kept; what was there before stays. */
  { readonly kind: 'failed'; readonly reason: FailureReason };

/** What is on the device. */
export interface Stock {
  /** False where the browser has thrown files away, or the reader declined a moment ago. */
  readonly isWhole: boolean;
  /** Bytes of the edition's own files and of those kept on use. */
  readonly bytes: number;
  readonly runtimeBytes: number;
  readonly hasRuntime: boolean;
}

export type KeepAnswer = Stock | { readonly failed: FailureReason };

export interface TakeOverAnswer {
  readonly takesOver: boolean;
}

/** Both of one site and of no other on the same origin, which shares its storage. */
export const cacheNamesOf = (scope: string) => ({
  edition: `atlas-edition ${scope}`,
  onUse: `atlas-on-use ${scope}`,
});
