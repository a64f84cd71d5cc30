// The laboratory's database on the device: its stores, its versions, and what happens when another tab needs another version.
import type { DBSchema, IDBPDatabase } from 'idb';
import { StorageError, keepErrorOf } from './storage-error.ts';

export interface SavedRecord {
  readonly id?: number;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  /** The state, as `encodeLink` writes it. */
  readonly link: string;
  /** What is kept of it, in bytes. */
  readonly bytes: number;
  /** Null where the settings alone were kept. */
  readonly run: RunSummary | null;
}

/** What a list says of a run without opening it. */
export interface RunSummary {
  readonly networks: number;
  /** Rounded down. */
  readonly epoch: number;
  readonly epochs: number;
}

export interface DraftRecord {
  /** The page that wrote it. */
  readonly tab: string;
  readonly savedAt: number;
  readonly link: string;
}

export interface DraftContents {
  readonly tab: string;
  readonly run: RunSummary;
  readonly file: Uint8Array<ArrayBuffer>;
}

export interface LabSchema extends DBSchema {
  experiments: { key: number; value: SavedRecord };
  /** Files of experiments, apart, so that a list need not read them. */
  contents: { key: number; value: Uint8Array<ArrayBuffer> };
  drafts: { key: string; value: DraftRecord };
  'draft-contents': { key: string; value: DraftContents };
}

export type LabDatabase = IDBPDatabase<LabSchema>;

export const databaseName = 'loss-atlas-laboratory';

/** One for each version, in order; what readers have kept goes through all that are new to it. */
const upgrades: readonly ((database: LabDatabase) => void)[] = [
  (database) => {
    database.createObjectStore('experiments', { keyPath: 'id', autoIncrement: true });
    database.createObjectStore('contents');
  },
  (database) => {
    database.createObjectStore('drafts', { keyPath: 'tab' });
    database.createObjectStore('draft-contents', { keyPath: 'tab' });
  },
];

let opened: Promise<LabDatabase> | null = null;
/** Resolves once an older tab stands in the way; a new one is made whenever it opens or fails. */
let stuck = Promise.withResolvers<void>();
/** Milliseconds for that tab to go. */
const patience = 400;

/** @throws StorageError (rejects). */
function database(): Promise<LabDatabase> {
  opened ??= open()
    .catch((error: unknown) => {
      opened = null;
      throw keepErrorOf(error);
    })
    .finally(() => (stuck = Promise.withResolvers()));
  // An open that is blocked stays in the queue, and all others behind it: whoever asks is told, until it goes through.
  return Promise.race([opened, stuck.promise.then(giveUp)]);
}

async function open(): Promise<LabDatabase> {
  if (typeof indexedDB === 'undefined' || indexedDB === null) throw new StorageError('unavailable');
  const { openDB } = await import('idb');
  return openDB<LabSchema>(databaseName, upgrades.length, {
    upgrade(db, from) {
      for (const upgrade of upgrades.slice(from)) upgrade(db);
    },
    blocked: () => stuck.resolve(),
    blocking(_current, _blocked, event) {
      // Another tab wants a newer version, or to remove it all: it shall have its way.
      (event.target as IDBDatabase).close();
      opened = null;
    },
    terminated: () => (opened = null),
  });
}

const giveUp = (): Promise<never> =>
  new Promise((_, reject) => setTimeout(() => reject(new StorageError('blocked')), patience));

/**
 * Does something with the database. Once more where the connection was just lost.
 * @throws StorageError (rejects).
 */
export async function withDatabase<Result>(
  act: (database: LabDatabase) => Promise<Result>,
): Promise<Result> {
  const connection = await database();
  try {
    return await act(connection);
  } catch (error) {
    if ((error as { name?: string } | null)?.name !== 'InvalidStateError') throw keepErrorOf(error);
  }
  opened = null;
  try {
    return await act(await database());
  } catch (error) {
    throw keepErrorOf(error);
  }
}

/** Resolves once a transaction has done all of its work; its own error comes first, since it says why requests were given up. */
export async function finished(
  transaction: { readonly done: Promise<void> },
  work: readonly Promise<unknown>[],
): Promise<void> {
  const [end, ...results] = await Promise.allSettled([transaction.done, ...work]);
  for (const result of [end, ...results]) {
    if (result.status === 'rejected') throw result.reason;
  }
}
