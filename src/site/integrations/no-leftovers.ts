// Removes from the built site what a computation keeps beside the artifacts while it works, or left there when it was killed: locks and unfinished folders.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/** Comes before all that look at the built files. */
export function noLeftovers(): AstroIntegration {
  return {
    name: 'no-leftovers',
    hooks: { 'astro:build:done': ({ dir }) => removeLeftovers(fileURLToPath(dir)) },
  };
}

/** Their names begin with a dot, as no artifact's does. */
export async function removeLeftovers(folder: string): Promise<void> {
  const data = join(folder, 'data');
  for (const name of await readdir(data).catch(() => [])) {
    if (name.startsWith('.')) await rm(join(data, name), { recursive: true, force: true });
  }
}
