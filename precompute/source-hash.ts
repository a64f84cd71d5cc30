// One hash over files, so that a change in any of them is noticed.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { sha256 } from '../src/artifact/checksum.ts';
import { packageVersions } from './package-versions.ts';
import { projectRoot } from './paths.ts';

/** SHA-256 over names and contents of the files in these folders (or files); absent ones count as absent. */
export async function hashFiles(root: string, paths: readonly string[]): Promise<string> {
  const files = (await Promise.all(paths.map((path) => filesBelow(join(root, path)))))
    .flat()
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

const computingSources = [
  'src/engine',
  'src/learning',
  'src/landscape',
  'src/artifact',
  'precompute/stages',
];

let engineVersionOnce: Promise<string> | null = null;

/** SHA-256 of all sources and package versions that results depend on. */
export function engineVersion(): Promise<string> {
  engineVersionOnce ??= (async () => {
    const { node: _, ...packages } = await packageVersions();
    const sources = await hashFiles(projectRoot, computingSources);
    return sha256(`${sources}\n${JSON.stringify(packages)}`);
  })();
  return engineVersionOnce;
}
