// Keeps the results of finished stages, so that an interrupted run goes on where it was.
import { rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { checkFiles } from '../src/artifact/check-files.ts';
import { sha256 } from '../src/artifact/checksum.ts';
import { ArtifactError } from '../src/artifact/artifact-error.ts';
import { writeFileAtomically } from './atomic-write.ts';
import { clearPartials, deleteEntry, lockOfEntry, stageFilePattern } from './cache-folder.ts';
import { systemReason } from './command-error.ts';
import { largestTensors } from './file-sizes.ts';
import { withLock, type Lock } from './lock.ts';
import { makeFolder } from './make-folder.ts';
import { readBounded } from './read-bounded.ts';

export interface StageRecord {
  /** Wall time that the stage took when it ran. */
  readonly seconds: number;
  readonly provider: string;
  readonly providerReason: string;
}

export type StageFiles = ReadonlyMap<string, Uint8Array>;

export interface StageCache {
  /** For messages. */
  readonly folder: string;
  /** Null where the stage has not finished, or its files are damaged. */
  load(stage: string): Promise<{ files: StageFiles; record: StageRecord } | null>;
  /** Where it cannot be kept, the run goes on without. */
  save(stage: string, files: StageFiles, record: StageRecord): Promise<void>;
  /** Forgets what is kept. */
  clear(): Promise<void>;
}

export interface CacheUse {
  readonly signal: AbortSignal;
  /** Hears, in a sentence each, what was found damaged, what could not be kept, and who is waited for. */
  readonly note: (sentence: string) => void;
}

/**
 * Gives `use` the kept stages of one key, which no other process reads, writes or clears meanwhile.
 *
 * @param folder of the key, in a cache that `openCacheFolder` has made or checked.
 */
export async function withStageCache<Result>(
  folder: string,
  { signal, note }: CacheUse,
  use: (cache: StageCache) => Promise<Result>,
): Promise<Result> {
  const work = 'using the kept stages there';
  return withLock(lockOfEntry(folder), { work, signal, onWait: note }, async (lock) => {
    await clearPartials(folder);
    return use(stageCache(folder, lock, { signal, note }));
  });
}

function stageCache(
  folder: string,
  { confirm }: Pick<Lock, 'confirm'>,
  { signal, note }: CacheUse,
): StageCache {
  const indexPath = (stage: string) => join(folder, `${stage}.json`);
  return {
    folder,
    async load(stage) {
      const text = await readIfThere(indexPath(stage), largestIndex, signal);
      if (text === null) return null;
      const files = new Map<string, Uint8Array>();
      try {
        const index = parseIndex(text.toString('utf8'), indexPath(stage));
        const read = async (path: string) => {
          const bytes = await readIfThere(join(folder, path), largestTensors, signal);
          files.set(path, bytes ?? new Uint8Array(0));
          return bytes ?? new Uint8Array(0);
        };
        await checkFiles(index, read, folder);
        // In use: not to be forgotten yet.
        await utimes(indexPath(stage), new Date(), new Date()).catch(() => {});
        return { files, record: index.record };
      } catch (error) {
        if (!(error instanceof ArtifactError)) throw error;
        note(`the kept stage "${stage}" is damaged and is done again (${error.message})`);
        return null;
      }
    },
    async save(stage, files, record) {
      try {
        await confirm();
        await makeFolder(folder);
        const index: StageIndex = { record, files: [] };
        for (const [path, content] of files) {
          await writeFileAtomically(join(folder, path), content);
          const [bytes, checksum] = [content.length, await sha256(content)];
          index.files.push({ path, bytes, sha256: checksum, purpose: '' });
        }
        // The index comes last: a stage is finished when it is there.
        await writeFileAtomically(indexPath(stage), JSON.stringify(index));
      } catch (error) {
        note(
          `cannot keep the stage "${stage}" in ${folder}: ${systemReason(error)}; going on without, so that nothing is lost unless the run is interrupted (ATLAS_CACHE names another folder)`,
        );
        // The room may be needed for the artifact.
        for (const path of files.keys())
          await rm(join(folder, path), { force: true }).catch(() => {});
      }
    },
    async clear() {
      await deleteEntry(folder).catch((error: unknown) =>
        note(`cannot delete the finished stages in ${folder}: ${systemReason(error)}`),
      );
    },
  };
}

/** Null where it is not there, or is nothing that could be read. */
async function readIfThere(
  path: string,
  largest: number,
  signal: AbortSignal,
): Promise<Buffer | null> {
  try {
    return await readBounded(path, { largest, signal });
  } catch {
    signal.throwIfAborted();
    return null;
  }
}

/** Bytes; an index lists a handful of files. */
const largestIndex = 1_000_000;

interface StageIndex {
  record: StageRecord;
  files: { path: string; bytes: number; sha256: string; purpose: string }[];
}

function parseIndex(text: string, where: string): StageIndex {
  try {
    const index = JSON.parse(text) as Partial<StageIndex> | null;
    const isPath = (path: unknown) => typeof path === 'string' && stageFilePattern.test(path);
    if (index?.record && index.files?.every((file) => isPath(file.path)))
      return index as StageIndex;
  } catch {
    // Falls through to the sentence below.
  }
  throw new ArtifactError(`${where} is not the index of a stage`);
}
