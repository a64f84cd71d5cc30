// Tells a build of this site from anybody else's files by its stamp, which lists its own: nothing else is ever replaced or deleted.
import { lstat, readdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { CommandError, systemReason } from '../command-error.ts';
import { fileManagerFiles } from '../file-manager-files.ts';
import { editionOf, readStamp, removeStamp, stampFile, type Stamp } from './stamp.ts';

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

/** Deletes a build's own files. The stamp goes last: whoever is killed here leaves a list for the next. */
export async function deleteBuild(folder: string): Promise<void> {
  const files = (await readStamp(folder))?.files ?? [];
  const folders = new Set(['.']);
  for (const [path] of files) {
    await rm(join(folder, path), { force: true });
    for (let at = dirname(path); at !== '.'; at = dirname(at)) folders.add(at);
  }
  for (const inner of [...folders].sort().reverse()) {
    for (const file of fileManagerFiles) await rm(join(folder, inner, file), { force: true });
    if (inner === '.') await removeStamp(folder);
    await rmdir(join(folder, inner)).catch(() => {});
  }
}
