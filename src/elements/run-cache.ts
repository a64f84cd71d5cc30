// Runs and studies that the page has fetched, shared by all of its figures: each file is fetched once, each artifact decoded once a set of parts.
import type { RunDisplay, StudyDisplay } from '../artifact/display.ts';
import type { ArtifactDisplay } from '../artifact/load.ts';
import { withBase } from './with-base.ts';

const files = new Map<string, Promise<Uint8Array>>();
const artifacts = new Map<string, Promise<ArtifactDisplay>>();
const runs = new Map<string, Promise<RunDisplay>>();

/** Rejects with a sentence if a file cannot be had; the next call then tries again. */
export function fetchRun(name: string, parts: readonly string[]): Promise<RunDisplay> {
  return remember(runs, keyOf(name, parts), async () => {
    const [{ runOf }, artifact] = await Promise.all([loader(), fetchParts(name, parts)]);
    return runOf(artifact);
  });
}

/** The results of those analyses, in their order; rejects with a sentence if a file cannot be had. */
export const fetchStudy = (name: string, analyses: readonly string[]): Promise<StudyDisplay> =>
  fetchParts(name, analyses);

const fetchParts = (name: string, parts: readonly string[]): Promise<ArtifactDisplay> =>
  remember(artifacts, keyOf(name, parts), async () => {
    const { load } = await loader();
    return load(name, (path) => remember(files, path, () => fetchFile(path)), parts);
  });

const keyOf = (name: string, parts: readonly string[]): string => `${name}: ${parts.join(' ')}`;

const loader = () => import('../artifact/load.ts');

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
