// Reads studies' artifacts from public/data while the site is built, each once.
import { readdir } from 'node:fs/promises';
import { openStudy } from '../../artifact/checked-artifact.ts';
import { loadStudy, type WholeStudy } from '../../artifact/load-study.ts';
import { studyFolder } from '../../artifact/study-files.ts';
import { outlineFor, type StudyOutline } from '../../artifact/study-outline.ts';
import { dataFolder, onceByName, openArtifact } from './artifact-files.ts';

const ending = studyFolder('');

const openedStudy = onceByName((name) => openArtifact(name, studyFolder(name), openStudy));
const loadedStudy = onceByName(async (name) => loadStudy(await openedStudy(name)));

/** The whole study; throws a sentence that says which there are if `name` is not one of them. */
export async function readStudy(name: string, place: string): Promise<WholeStudy> {
  await requireStudy(name, place);
  return loadedStudy(name);
}

/** What pages read of it to draw one of its analyses. */
export async function readOutline(name: string, analysis: string): Promise<StudyOutline> {
  return outlineFor(await openedStudy(name), analysis);
}

/** Names of the studies that have been precomputed. */
export async function listStudies(): Promise<string[]> {
  const entries = await readdir(dataFolder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && entry.name.endsWith(ending))
    .map((entry) => entry.name.slice(0, -ending.length))
    .filter((name) => name !== '' && !name.startsWith('.'))
    .sort();
}

async function requireStudy(name: string, place: string): Promise<void> {
  const known = await listStudies();
  if (known.includes(name)) return;
  const there = known.length > 0 ? known.join(', ') : 'none';
  throw new Error(
    `No study is called '${name}' (${place}): public/data holds ${there}; run 'npx atlas run ${name}' or correct the name.`,
  );
}
