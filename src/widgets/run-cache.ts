// Runs that the page has fetched, shared by all of its figures: each file is fetched once, each run decoded once a set of parts.
import type { RunDisplay } from '../artifact/display.ts';
import type { DisplayPart } from '../artifact/files.ts';
import { withBase } from './with-base.ts';

const files = new Map<string, Promise<Uint8Array>>();
const runs = new Map<string, Promise<RunDisplay>>();

/** Rejects with a sentence if a file cannot be had; the next call then tries again. */
export function fetchRun(name: string, parts: readonly DisplayPart[]): Promise<RunDisplay> {
  const key = `${name}: ${[...parts].sort().join(' ')}`;
  return remember(runs, key, async () => {
    const { loadRun } = await import('../artifact/load-run.ts');
    return loadRun(name, (path) => remember(files, path, () => fetchFile(path)), parts);
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
