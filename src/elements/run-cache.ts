// Runs and studies that the page has fetched, shared by all of its figures: each file is fetched once, each artifact decoded once a set of parts.
import type { RunDisplay } from '../artifact/display.ts';
import type { DisplayPart } from '../artifact/files.ts';
import type { StudyDisplay } from '../artifact/load-study.ts';
import { withBase } from './with-base.ts';

const files = new Map<string, Promise<Uint8Array>>();
const runs = new Map<string, Promise<RunDisplay>>();
const studies = new Map<string, Promise<StudyDisplay>>();

/** Rejects with a sentence if a file cannot be had; the next call then tries again. */
export function fetchRun(name: string, parts: readonly DisplayPart[]): Promise<RunDisplay> {
  const key = `${name}: ${[...parts].sort().join(' ')}`;
  return remember(runs, key, async () => {
    const { loadRun } = await import('../artifact/load-run.ts');
    return loadRun(name, (path) => remember(files, path, () => fetchFile(path)), parts);
  });
}

/** The results of those analyses, in their order; rejects with a sentence if a file cannot be had. */
export function fetchStudy(name: string, analyses: readonly string[]): Promise<StudyDisplay> {
  return remember(studies, `${name}: ${analyses.join(' ')}`, async () => {
    const { loadOutlinedStudy } = await import('../artifact/load-study.ts');
    return loadOutlinedStudy(
      name,
      (path) => remember(files, path, () => fetchFile(path)),
      analyses,
    );
  });
}

async function fetchFile(path: string): Promise<Uint8Array> {
  const address = withBase(`/data/${path}`);
  const response = await fetch(address);
  if (!response.ok) {
    throw new Error(`${address} answered ${response.status}: the picture stays as it was drawn.`);
  }
  return new Uint8Array(await response.arrayBuffer());
}

function remember<T>(
  memory: Map<string, Promise<T>>,
  key: string,
  make: () => Promise<T>,
): Promise<T> {
  let value = memory.get(key);
  if (!value) {
    value = make();
    memory.set(key, value);
    value.catch(() => memory.delete(key));
  }
  return value;
}
