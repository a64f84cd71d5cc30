// The stamp of a built site: what it was built from and for, and which files it has. It is the last file to be written, so that a build with a stamp was finished.
import { open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';
import { readBounded } from '../read-bounded.ts';
import type { SiteSettings } from './settings.ts';

/** A name with a dot is kept on no reader's device. */
export const stampFile = '.loss-atlas-build.json';

const schema = z.object({
  format: z.literal('loss-atlas-build'),
  version: z.literal(1),
  base: z.string(),
  site: z.string(),
  /** What was asked of Astro besides; a usual build has nothing here. */
  options: z.array(z.string()),
  /** SHA-256 of the sources. */
  sources: z.string(),
  /** The service worker's edition; null where the site has none. */
  edition: z.string().nullable(),
  /** Path and bytes of every file but the stamp. */
  files: z.array(z.tuple([z.string(), z.number().int().nonnegative()])),
});
export type Stamp = z.output<typeof schema>;

const largestStamp = 10e6;

/** What a build must have been made from, and for, so that it need not be made again. */
export interface Wanted extends SiteSettings {
  readonly sources: string;
}

/** Null where there is none that can be understood. */
export async function readStamp(folder: string): Promise<Stamp | null> {
  try {
    const bytes = await readBounded(join(folder, stampFile), { largest: largestStamp });
    return schema.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return null;
  }
}

export const removeStamp = (folder: string): Promise<void> =>
  rm(join(folder, stampFile), { force: true });

export async function writeStamp(
  folder: string,
  facts: Pick<Stamp, 'base' | 'site' | 'options' | 'sources'>,
): Promise<void> {
  const [format, version] = ['loss-atlas-build', 1] as const;
  const edition = await editionOf(folder);
  const stamp: Stamp = { format, version, ...facts, edition, files: await filesOf(folder) };
  await writeFile(join(folder, stampFile), `${JSON.stringify(stamp)}\n`);
}

/** Whether the folder holds a usual build of just this, and every file of it in its full size. */
export async function isCurrent(folder: string, wanted: Wanted): Promise<boolean> {
  const stamp = await readStamp(folder);
  return (
    stamp !== null &&
    stamp.options.length === 0 &&
    stamp.base === wanted.base &&
    stamp.site === wanted.site &&
    stamp.sources === wanted.sources &&
    (await isWhole(folder, stamp))
  );
}

export async function isWhole(folder: string, stamp: Stamp): Promise<boolean> {
  const sizes = stamp.files.map(async ([path, bytes]) => {
    const entry = await stat(join(folder, path)).catch(() => null);
    return entry !== null && entry.isFile() && entry.size === bytes;
  });
  if (!(await Promise.all(sizes)).every(Boolean)) return false;
  return (await editionOf(folder)) === stamp.edition;
}

const serviceWorkerFile = 'service-worker.js';
/** How the build's service worker begins, of this version and of those without a stamp. */
const serviceWorkerStart = /^self\.atlasEdition=\{"version":"([0-9a-f]+)"/;

/** Null where there is no service worker of ours. */
export async function editionOf(folder: string): Promise<string | null> {
  const file = await open(join(folder, serviceWorkerFile), 'r').catch(() => null);
  try {
    const { buffer, bytesRead } = (await file?.read(Buffer.alloc(200), 0, 200)) ?? {};
    const start = buffer?.toString('utf8', 0, bytesRead) ?? '';
    return serviceWorkerStart.exec(start)?.[1] ?? null;
  } finally {
    await file?.close();
  }
}

async function filesOf(folder: string): Promise<Stamp['files']> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => path !== stampFile)
    .sort();
  const sized = files.map(async (path): Promise<[string, number]> => {
    const { size } = await stat(join(folder, path));
    return [path.split(sep).join('/'), size];
  });
  return Promise.all(sized);
}
