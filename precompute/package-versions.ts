// Versions of everything that takes part in a computation.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from './paths.ts';

const packages = [
  '@keckelt/tsne',
  '@stdlib/math-base-special-erf',
  'd3',
  'd3-random',
  'linear-sum-assignment',
  'ml-hclust',
  'ml-matrix',
  'ml-pca',
  'onnxruntime-node',
  'papaparse',
  'pure-rand',
  'umap-js',
] as const;

/** `{ 'loss-atlas': '0.1.0', node: '24.21.0', 'ml-pca': '4.1.1', ... }`. */
export async function packageVersions(): Promise<Record<string, string>> {
  const ours = await versionIn(projectRoot);
  const theirs = packages.map(
    async (name) => [name, await versionIn(join(projectRoot, 'node_modules', name))] as const,
  );
  return {
    'loss-atlas': ours,
    node: process.versions.node,
    ...Object.fromEntries(await Promise.all(theirs)),
  };
}

async function versionIn(folder: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    version?: string;
  };
  return version ?? 'unknown';
}
