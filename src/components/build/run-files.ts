// Reads artifacts from public/data while the site is built, each once.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunDisplay } from '../../artifact/display.ts';
import { loadRun } from '../../artifact/load-run.ts';

const folder = join(process.cwd(), 'public', 'data');
const runs = new Map<string, Promise<RunDisplay>>();

/** The whole run; throws a sentence that says which runs there are if `name` is not one of them. */
export async function readRun(name: string, place: string): Promise<RunDisplay> {
  let run = runs.get(name);
  if (!run) {
    await requireRun(name, place);
    run = loadRun(name, (path) => readFile(join(folder, path)));
    runs.set(name, run);
  }
  return run;
}

/** Names of the runs that have been precomputed. */
export async function listRuns(): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.includes('.'))
    .map((entry) => entry.name)
    .sort();
}

async function requireRun(name: string, place: string): Promise<void> {
  const known = await listRuns();
  if (known.includes(name)) return;
  const there = known.length > 0 ? known.join(', ') : 'none';
  throw new Error(
    `No run is called '${name}' (${place}): public/data holds ${there}; run 'npx atlas run ${name}' or correct the name.`,
  );
}
