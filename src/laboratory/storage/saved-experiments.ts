// Experiments that the reader keeps on the device by name.
import { ArtifactError } from '../../artifact/artifact-error.ts';
import type { SavedTraining } from '../../worker/run/run-messages.ts';
import type { LabState } from '../lab-state.ts';
import { finished, withDatabase, type RunSummary, type SavedRecord } from './lab-database.ts';
import { StorageError } from './storage-error.ts';
import { decodeLabFile, encodeLabFile, type LabFile } from './lab-file.ts';
import { decodeLink, encodeLink } from './lab-link.ts';

export type SavedListing = SavedRecord & { readonly id: number };

/** What is kept of the laboratory. */
export interface Kept {
  readonly state: LabState;
  readonly csv: string | null;
  readonly startWeights: Float32Array | null;
  readonly training: SavedTraining | null;
}

export interface OpenedFile extends Kept {
  readonly name: string;
  /** A sentence for each thing that is not as it was kept. */
  readonly problems: readonly string[];
}

/** Both stores in one transaction: an experiment and its contents come and go together. */
const both = ['experiments', 'contents'] as const;

export async function fileOf(name: string, { state, ...rest }: Kept): Promise<LabFile> {
  return { name, link: await encodeLink(state), ...rest };
}

/** What a file holds, with a state that is valid whatever it says. */
export async function openedFrom(file: LabFile): Promise<OpenedFile> {
  const { link, ...rest } = file;
  return { ...rest, ...(await decodeLink(link)) };
}

/** @throws StorageError (rejects), as all of these. */
export async function saveExperiment(name: string, kept: Kept): Promise<SavedListing> {
  const file = await fileOf(name, kept);
  const record = {
    name,
    savedAt: Date.now(),
    link: file.link,
    run: runSummary(kept.training),
  };
  return add(record, encodeLabFile(file));
}

/** The latest first. */
export const listExperiments = (): Promise<SavedListing[]> =>
  withDatabase(async (database) => {
    const listed = (await database.getAll('experiments')) as SavedListing[];
    return listed.sort((a, b) => b.savedAt - a.savedAt || b.id - a.id);
  });

/** Settings whose networks cannot be read any more are opened alone, with a sentence. */
export async function openExperiment(id: number): Promise<OpenedFile> {
  const { record, contents } = await read(id);
  try {
    return { ...(await openedFrom(decodeLabFile(contents, 'what was kept'))), name: record.name };
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    const { state, problems } = await decodeLink(record.link);
    const sentence = `The networks cannot be opened, the settings can: ${error.message}.`;
    const none = { csv: null, startWeights: null, training: null };
    return { ...none, name: record.name, state, problems: [sentence, ...problems] };
  }
}

export interface RemovedExperiment {
  readonly record: SavedListing;
  readonly contents: Uint8Array<ArrayBuffer>;
}

/** @returns what brings it back. */
export async function removeExperiment(id: number): Promise<RemovedExperiment> {
  const removed = await read(id);
  await withDatabase((database) => {
    const transaction = database.transaction(both, 'readwrite');
    return finished(transaction, [
      transaction.objectStore('experiments').delete(id),
      transaction.objectStore('contents').delete(id),
    ]);
  });
  return removed;
}

export async function restoreExperiment({ record, contents }: RemovedExperiment): Promise<void> {
  await withDatabase((database) => {
    const transaction = database.transaction(both, 'readwrite');
    return finished(transaction, [
      transaction.objectStore('experiments').put(record),
      transaction.objectStore('contents').put(contents, record.id),
    ]);
  });
}

export async function renameExperiment(id: number, name: string): Promise<void> {
  await withDatabase((database) => {
    const transaction = database.transaction('experiments', 'readwrite');
    const renamed = transaction.store.get(id).then((record) => {
      if (!record) throw new StorageError('gone');
      return transaction.store.put({ ...record, name });
    });
    return finished(transaction, [renamed]);
  });
}

export async function duplicateExperiment(id: number, name: string): Promise<SavedListing> {
  const { record, contents } = await read(id);
  const { link, run } = record;
  return add({ name, savedAt: Date.now(), link, run }, contents);
}

/** What a list says of a run; null where nothing was trained. */
export function runSummary(training: SavedTraining | null): RunSummary | null {
  if (!training) return null;
  const { experiment, state, history } = training;
  const { steps, epochs } = history.curves;
  const last = steps.length - 1;
  const perEpoch = (steps[last] as number) / (epochs[last] as number);
  const epoch = perEpoch > 0 ? state.step / perEpoch : 0;
  return {
    networks: experiment.initialisations,
    epoch: Math.min(experiment.epochs, Math.floor(epoch + 1e-3)),
    epochs: experiment.epochs,
  };
}

function add(
  record: Omit<SavedRecord, 'id' | 'bytes'>,
  contents: Uint8Array<ArrayBuffer>,
): Promise<SavedListing> {
  const whole = { ...record, bytes: contents.length };
  return withDatabase(async (database) => {
    const transaction = database.transaction(both, 'readwrite', { durability: 'strict' });
    const added = transaction.objectStore('experiments').add(whole);
    const put = added.then((id) => transaction.objectStore('contents').put(contents, id));
    await finished(transaction, [added, put]);
    return { ...whole, id: await added };
  });
}

function read(id: number): Promise<RemovedExperiment> {
  return withDatabase(async (database) => {
    const transaction = database.transaction(both);
    const [record, contents] = await Promise.all([
      transaction.objectStore('experiments').get(id),
      transaction.objectStore('contents').get(id),
    ]);
    if (!record || !contents) throw new StorageError('gone');
    return { record: record as SavedListing, contents };
  });
}
