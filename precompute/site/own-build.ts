// Tells a build of this site from anybody else's files by its stamp, which lists its own: nothing else is ever replaced or deleted.
import { lstat, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { CommandError, systemReason } from '../command-error.ts';
import { deleteListed } from '../delete-listed.ts';
import { fileManagerFiles } from '../file-manager-files.ts';
import { editionOf, readStamp, stampFile, type Stamp } from './stamp.ts';

/** @throws CommandError where `folder` is there and holds anything but a build that has a stamp. */
export async function refuseOthers(folder: string): Promise<void> {
  const sentence = await whatIsInTheWay(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    return `cannot look into ${folder}: ${systemReason(error)}; ${remedy}`;
  });
  if (sentence !== null) throw new CommandError(sentence);
}

const remedy = 'move it away, or build elsewhere with `npm run build -- --outDir FOLDER`';

async function whatIsInTheWay(folder: string): Promise<string | null> {
  if (!(await lstat(folder)).isDirectory()) return `${folder} is not a folder: ${remedy}`;
  const stamp = await readStamp(folder);
  if (stamp) {
    const foreign = await foreignFile(folder, stamp);
    if (foreign === null) return null;
    return `${folder} holds ${foreign}, which no build has put there, and nothing was touched: move it away (what belongs to the site goes into public/)`;
  }
  const names = (await readdir(folder)).filter((name) => !fileManagerFiles.has(name));
  if (names.length === 0) return null;
  // Earlier versions did not list their files, so that somebody's cannot be told from them.
  const what =
    (await editionOf(folder)) === null
      ? 'files that are not a build of this site'
      : 'a build of another version, which does not say which files are its own';
  return `${folder} holds ${what}, and nothing was touched: ${remedy}`;
}

/** Somebody's file in a build, by its path there. */
async function foreignFile(folder: string, { files }: Stamp): Promise<string | null> {
  const own = new Set([stampFile, ...files.map(([path]) => path)]);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/');
    if (!entry.isDirectory() && !own.has(path) && !fileManagerFiles.has(entry.name)) return path;
  }
  return null;
}

/** Deletes a build's own files, and the folder if nothing else is in it. */
export async function deleteBuild(folder: string): Promise<void> {
  const stamp = await readStamp(folder);
  const paths = stamp?.files.map(([path]) => path) ?? [];
  await deleteListed(folder, paths, stamp && stampFile);
}
