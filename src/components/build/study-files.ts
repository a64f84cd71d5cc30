// Reads studies' artifacts from public/data while the site is built, each once.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadStudy, type StudyDisplay } from '../../artifact/load-study.ts';
import { studyFolder } from '../../artifact/study-files.ts';

const folder = join(process.cwd(), 'public', 'data');
const ending = studyFolder('');
const studies = new Map<string, Promise<StudyDisplay>>();

/** The whole study; throws a sentence that says which there are if `name` is not one of them. */
export async function readStudy(name: string, place: string): Promise<StudyDisplay> {
  let study = studies.get(name);
  if (!study) {
    await requireStudy(name, place);
    study = loadStudy(name, (path) => readFile(join(folder, path)));
    studies.set(name, study);
  }
  return study;
}

/** Names of the studies that have been precomputed. */
export async function listStudies(): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
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
