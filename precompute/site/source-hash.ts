// One hash over everything that the built site is made of.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../paths.ts';
import { hashFiles } from '../source-hash.ts';

const sources = [
  'src',
  'content',
  'astro.config.mjs',
  'CITATION.cff',
  'package-lock.json',
  'tsconfig.json',
  'precompute/site',
];

export async function siteSourceHash(root = projectRoot): Promise<string> {
  return hashFiles(root, [...sources, ...(await publicEntries(root))]);
}

/** Locks and unfinished artifacts lie beside the artifacts, under names with a dot, and are no part of the site. */
async function publicEntries(root: string): Promise<string[]> {
  const entries: string[] = [];
  for (const name of await names(join(root, 'public'))) {
    if (name !== 'data') entries.push(join('public', name));
  }
  for (const name of await names(join(root, 'public', 'data'))) {
    if (!name.startsWith('.')) entries.push(join('public', 'data', name));
  }
  return entries;
}

const names = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);
