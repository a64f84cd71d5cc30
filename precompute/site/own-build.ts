// Tells a build of this site from anybody else's folder: nothing else is ever replaced.
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { CommandError, systemReason } from '../command-error.ts';
import { projectRoot } from '../paths.ts';
import { editionOf, readStamp, stampFile, type Stamp } from './stamp.ts';

/** Where Astro puts what it has bundled, for readers and for itself. */
const bundles = ['_astro', '.prerender'];
/** What a file manager leaves in folders that it has shown. */
const litter = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);
/** In the head of every page. */
const pageMark = 'property="og:site_name" content="Loss Atlas"';

/** @throws CommandError where `folder` is there and is neither empty nor a build of this site, whole or cut short, of any version. */
export async function refuseOthers(folder: string): Promise<void> {
  const remedy = 'move it away, or build elsewhere with `npm run build -- --outDir FOLDER`';
  try {
    const entry = await lstat(folder);
    if (!entry.isDirectory()) throw new CommandError(`${folder} is not a folder: ${remedy}`);
    const stamp = await readStamp(folder);
    const foreign = stamp ? await foreignFile(folder, stamp) : null;
    if (foreign !== null) {
      throw new CommandError(
        `${folder} holds ${foreign}, which no build has put there, and nothing was touched: move it away (what belongs to the site goes into public/)`,
      );
    }
    if (stamp || (await isOwnBuild(folder))) return;
  } catch (error) {
    if (error instanceof CommandError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw new CommandError(`cannot look into ${folder}: ${systemReason(error)}; ${remedy}`);
  }
  throw new CommandError(
    `${folder} holds files that are not a build of this site, and nothing was touched: ${remedy}`,
  );
}

async function isOwnBuild(folder: string): Promise<boolean> {
  const names = (await readdir(folder)).filter((name) => !litter.has(name));
  if (names.length === 0) return true;
  // What somebody publishes from may have come here by their own hand.
  if (names.includes('.git')) return false;
  // A later version's stamp may list its files in another way.
  const stamp = await startOf(join(folder, stampFile));
  if (stamp.startsWith('{"format":"loss-atlas-build"')) return true;
  // Versions without a stamp: the service worker came last, the title page next to last, 404.html first.
  if ((await editionOf(folder)) !== null) return true;
  for (const page of ['index.html', '404.html']) {
    if ((await startOf(join(folder, page))).includes(pageMark)) return true;
  }
  // Before the first page, a build has copied the public files and written the bundles.
  const copied = new Set([...(await readdir(join(projectRoot, 'public'))), ...bundles]);
  return names.includes('.nojekyll') && names.every((name) => copied.has(name));
}

/** Somebody's file in a build, by its path there. */
async function foreignFile(folder: string, { files }: Stamp): Promise<string | null> {
  const own = new Set([stampFile, ...files.map(([path]) => path)]);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/');
    if (!entry.isDirectory() && !own.has(path) && !litter.has(entry.name)) return path;
  }
  return null;
}

const startOf = async (file: string): Promise<string> =>
  (await readFile(file, 'utf8').catch(() => '')).slice(0, 10_000);
