// Keeps the results of finished stages, so that an interrupted run goes on where it was.
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkFiles } from '../src/artifact/check-files.ts';
import { sha256 } from '../src/artifact/checksum.ts';
import { ArtifactError } from '../src/artifact/artifact-error.ts';
import { writeFileAtomically } from './atomic-write.ts';
import { CommandError, systemReason } from './command-error.ts';

export interface StageRecord {
  /** Wall time that the stage took when it ran. */
  readonly seconds: number;
  readonly provider: string;
  readonly providerReason: string;
}

export type StageFiles = ReadonlyMap<string, Uint8Array>;

export interface StageCache {
  /** Null where the stage has not finished; where its files are damaged, `onDamage` hears a sentence. */
  load(stage: string): Promise<{ files: StageFiles; record: StageRecord } | null>;
  save(stage: string, files: StageFiles, record: StageRecord): Promise<void>;
  /** Forgets this run's stages; called when the artifact is written. */
  clear(): Promise<void>;
}

/** Runs that nobody has gone on with for so long are forgotten. */
const forgottenAfter = 7 * 24 * 3600 * 1000;

export async function openStageCache(
  root: string,
  key: string,
  onDamage: (sentence: string) => void,
): Promise<StageCache> {
  const folder = join(root, key);
  await forgetOld(root);
  return {
    async load(stage) {
      const text = await readFile(join(folder, `${stage}.json`), 'utf8').catch(() => null);
      if (text === null) return null;
      const files = new Map<string, Uint8Array>();
      try {
        const index = parseIndex(text, `${folder}/${stage}.json`);
        await checkFiles(
          index,
          async (path) => {
            const bytes = await readFile(join(folder, path)).catch(() => new Uint8Array(0));
            files.set(path, bytes);
            return bytes;
          },
          folder,
        );
        return { files, record: index.record };
      } catch (error) {
        if (!(error instanceof ArtifactError)) throw error;
        onDamage(`the kept stage "${stage}" is damaged and is done again (${error.message})`);
        return null;
      }
    },
    async save(stage, files, record) {
      try {
        await mkdir(folder, { recursive: true });
        const index: StageIndex = { record, files: [] };
        for (const [path, content] of files) {
          await writeFileAtomically(join(folder, path), content);
          index.files.push({
            path,
            bytes: content.length,
            sha256: await sha256(content),
            purpose: '',
          });
        }
        // The index comes last: a stage is finished when it is there.
        await writeFileAtomically(join(folder, `${stage}.json`), JSON.stringify(index));
      } catch (error) {
        throw new CommandError(
          `cannot keep the stage "${stage}" in ${folder}: ${systemReason(error)}; set ATLAS_CACHE to another folder`,
        );
      }
    },
    clear: () => rm(folder, { recursive: true, force: true }),
  };
}

interface StageIndex {
  record: StageRecord;
  files: { path: string; bytes: number; sha256: string; purpose: string }[];
}

function parseIndex(text: string, where: string): StageIndex {
  try {
    const index = JSON.parse(text) as Partial<StageIndex> | null;
    const isPath = (path: unknown) =>
      typeof path === 'string' && /^[a-z0-9_-]+\.(safetensors|json)$/.test(path);
    if (index?.record && index.files?.every((file) => isPath(file.path)))
      return index as StageIndex;
  } catch {
    // Falls through to the sentence below.
  }
  throw new ArtifactError(`${where} is not the index of a stage`);
}

async function forgetOld(root: string): Promise<void> {
  for (const name of await readdir(root).catch(() => [])) {
    const folder = join(root, name);
    const entry = await stat(folder).catch(() => null);
    if (!entry?.isDirectory() || Date.now() - entry.mtimeMs < forgottenAfter) continue;
    await rm(folder, { recursive: true, force: true });
  }
}
