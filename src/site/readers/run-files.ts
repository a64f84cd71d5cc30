// Reads artifacts of runs from public/data while the site is built, each once.
import { readdir } from 'node:fs/promises';
import { openRun, type CheckedArtifact } from '../../artifact/checked-artifact.ts';
import type { RunDisplay } from '../../artifact/display.ts';
import { loadRun } from '../../artifact/load-run.ts';
import type { Manifest } from '../../artifact/manifest.ts';
import { dataFolder, onceByName, openArtifact } from './artifact-files.ts';

/** The files of a run, each checked when it is read. */
export const openedRun: (name: string) => Promise<CheckedArtifact<Manifest>> = onceByName((name) =>
  openArtifact(name, name, openRun),
);

const loadedRun = onceByName(async (name) => {
  const { read } = await openedRun(name);
  return loadRun(name, (path) => read(path.slice(name.length + 1)));
});

/** The whole run; throws a sentence that says which runs there are if `name` is not one of them. */
export async function readRun(name: string, place: string): Promise<RunDisplay> {
  await requireRun(name, place);
  return loadedRun(name);
}

/** Names of the runs that have been precomputed. */
export async function listRuns(): Promise<string[]> {
  const entries = await readdir(dataFolder, { withFileTypes: true }).catch(() => []);
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
