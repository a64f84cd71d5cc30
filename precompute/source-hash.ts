// One hash over files, so that a change in any of them is noticed.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { sha256 } from '../src/artifact/checksum.ts';
import { engineVersionOf } from '../src/artifact/engine-version.ts';
import { packageVersions } from './package-versions.ts';
import { projectRoot } from './paths.ts';

/** SHA-256 over names and contents of the files in these folders (or files); absent ones count as absent. */
export async function hashFiles(
  root: string,
  paths: readonly string[],
  except: readonly string[] = [],
): Promise<string> {
  const left = except.map((path) => join(root, path, sep));
  const files = (await Promise.all(paths.map((path) => filesBelow(join(root, path)))))
    .flat()
    .filter((file) => !left.some((folder) => file.startsWith(folder)))
    .sort();
  const lines: string[] = [];
  for (const file of files) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(file), hash);
    lines.push(`${relative(root, file).replaceAll('\\', '/')} ${hash.digest('hex')}`);
  }
  return sha256(lines.join('\n'));
}

async function filesBelow(path: string): Promise<string[]> {
  const entry = await stat(path).catch(() => null);
  if (!entry) return [];
  if (!entry.isDirectory()) return [path];
  const children = await readdir(path, { withFileTypes: true, recursive: true });
  return children
    .filter((child) => child.isFile())
    .map((child) => join(child.parentPath, child.name));
}

/** What trained weights depend on. */
const trainingSources = ['src/engine', 'src/learning'];

/** What results depend on. */
const computingSources = [...trainingSources, 'src/landscape', 'src/artifact', 'precompute/stages'];
/** What a reader takes away from the laboratory: no run of the command has it. */
const notComputing = ['src/artifact/exports'];

/** SHA-256 of all sources that results depend on. */
export const sourcesHash = once(() => hashFiles(projectRoot, computingSources, notComputing));

/** The same with the versions of packages. */
export const engineVersion = once(() => versionOf(sourcesHash()));

/** The same of what trained weights depend on: it stays when only the landscape's mathematics changes. */
export const trainingVersion = once(() =>
  versionOf(hashFiles(projectRoot, trainingSources, notComputing)),
);

const versionOf = async (hash: Promise<string>): Promise<string> =>
  engineVersionOf(await hash, await packageVersions());

function once<Result>(compute: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | null = null;
  return () => (result ??= compute());
}
