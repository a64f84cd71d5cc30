// The small files that a page draws one run from.
import type { RunDisplay } from './display.ts';
import { encodeBoundaries } from './display-boundaries.ts';
import { encodeCurves } from './display-curves.ts';
import { encodeData } from './display-data.ts';
import { encodeLandscape } from './display-landscape.ts';
import { displayFiles } from './files.ts';
import { zipped } from './gzip.ts';

/** Bytes by file name; a part that the run lacks has no file. */
export async function encodeDisplay(
  run: Pick<RunDisplay, 'data' | 'curves' | 'boundaries' | 'landscape'>,
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const files = new Map([
    [displayFiles.data as string, encodeData(run.data)],
    [displayFiles.curves, encodeCurves(run.curves)],
  ]);
  if (run.boundaries) files.set(displayFiles.boundaries, encodeBoundaries(run.boundaries));
  if (run.landscape) files.set(displayFiles.landscape, encodeLandscape(run.landscape));
  const listed = [...files].map(async ([path, bytes]) => [path, await zipped(bytes)] as const);
  return new Map(await Promise.all(listed));
}
