// Deletes from a folder what a list names, and nothing else: somebody's files stay, with the folders that hold them.
import { rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileManagerFiles } from './file-manager-files.ts';

/**
 * @param paths of files below the folder, with `/`.
 * @param mark the file that the list was read from, null where there is none. It goes when all else is gone: whoever is
 *   killed here leaves the list to the next.
 */
export async function deleteListed(
  folder: string,
  paths: readonly string[],
  mark: string | null,
): Promise<void> {
  const folders = new Set<string>();
  for (const path of paths) {
    await rm(join(folder, path), { force: true });
    for (let at = dirname(path); at !== '.'; at = dirname(at)) folders.add(at);
  }
  // A folder comes after those in it.
  for (const inner of [...folders].sort().reverse()) await removeEmpty(join(folder, inner));
  if (mark !== null) await rm(join(folder, mark), { force: true });
  await removeEmpty(folder);
}

/** What a file manager left there does not count. */
async function removeEmpty(folder: string): Promise<void> {
  for (const name of fileManagerFiles) await rm(join(folder, name), { force: true });
  await rmdir(folder).catch(() => {});
}
