// Which files of a folder are an artifact's: those that its manifest names, where the manifest is one of ours. Nothing else is replaced or deleted.
import { lstat, opendir, readdir, rmdir } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { z } from 'zod';
import { manifestFile } from '../src/artifact/files.ts';
import { artifactPath } from '../src/artifact/manifest.ts';
import { artifactFormat, olderFormats } from '../src/artifact/manifest-version.ts';
import { CommandError, systemReason } from './command-error.ts';
import { deleteListed } from './delete-listed.ts';
import { fileManagerFiles } from './file-manager-files.ts';
import { largestManifest } from './file-sizes.ts';
import { readBounded } from './read-bounded.ts';

/** Of every version: an older artifact is ours to replace. */
const ownershipSchema = z.looseObject({
  format: z.enum([artifactFormat, ...olderFormats]),
  files: z.array(z.looseObject({ path: artifactPath })),
});

const remedy = 'move it away or choose another folder with --out';

/**
 * Null where an artifact may be put in the place of `folder`: it is not there, it is empty, or it holds an artifact
 * and nothing else. Otherwise a sentence.
 */
export async function whatIsInTheWay(folder: string): Promise<string | null> {
  try {
    const entry = await lstat(folder).catch(nullIfAbsent);
    if (entry === null) return null;
    if (!entry.isDirectory()) {
      return `${folder} is ${entry.isSymbolicLink() ? 'a link' : 'a file'} where the folder of an artifact goes: ${remedy}`;
    }
    let own: ReadonlySet<string> | null = null;
    for await (const path of filesBelow(folder)) {
      own ??= new Set(await pathsOfArtifact(folder));
      if (own.has(path) || fileManagerFiles.has(basename(path))) continue;
      return own.size > 0
        ? `${folder} holds ${path}, which is no part of its artifact, and nothing was touched: ${remedy}`
        : `${folder} holds files that are not an artifact of Loss Atlas (${path}), and nothing was touched: ${remedy}`;
    }
    return null;
  } catch (error) {
    return `cannot look into ${folder}: ${systemReason(error)}; ${remedy}`;
  }
}

/** @throws CommandError where something is in the way. */
export async function checkReplaceable(folder: string): Promise<void> {
  const sentence = await whatIsInTheWay(folder);
  if (sentence !== null) throw new CommandError(sentence);
}

export async function isEmptyOrAbsent(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    // A file there is something.
    return error.code === 'ENOENT' ? [] : null;
  });
  return names?.length === 0;
}

/** Whether the folder's manifest says that it is an artifact of ours, of whatever version. */
export const isArtifact = async (folder: string): Promise<boolean> =>
  (await pathsOfArtifact(folder)).length > 0;

/** Deletes the artifact's files, and the folder if nothing else is in it. */
export async function deleteArtifact(folder: string): Promise<void> {
  const [mark = null, ...paths] = await pathsOfArtifact(folder);
  await deleteListed(folder, paths, mark);
}

/** Deletes what a killed writer left of an artifact: files by our names for them. */
export async function deletePartialArtifact(folder: string): Promise<void> {
  const paths: string[] = [];
  for await (const path of filesBelow(folder)) {
    if (path === manifestFile || artifactPath.safeParse(path).success) paths.push(path);
    // A folder that was made for a file which was not written any more.
    else await rmdir(join(folder, path)).catch(() => {});
  }
  await deleteListed(folder, paths, null);
}

/** The manifest's own path, then those that it names; none where it is not ours. */
async function pathsOfArtifact(folder: string): Promise<string[]> {
  try {
    const bytes = await readBounded(join(folder, manifestFile), {
      largest: largestManifest,
      follow: false,
    });
    const { files } = ownershipSchema.parse(JSON.parse(bytes.toString('utf8')));
    return [manifestFile, ...files.map(({ path }) => path)];
  } catch {
    return [];
  }
}

/** Paths below the folder, with `/`, of everything but folders with something in them; links are not followed. */
async function* filesBelow(folder: string, root = folder): AsyncGenerator<string> {
  let isEmpty = true;
  for await (const entry of await opendir(folder)) {
    isEmpty = false;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path, root);
    else yield relative(root, path).replaceAll(sep, '/');
  }
  if (isEmpty && folder !== root) yield relative(root, folder).replaceAll(sep, '/');
}

function nullIfAbsent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
