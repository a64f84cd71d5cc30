// The small files that a page draws one run from.
import type { RunDisplay } from './display.ts';
import { encodeBoundaries } from './display-boundaries.ts';
import { encodeCurves } from './display-curves.ts';
import { encodeData } from './display-data.ts';
import { encodeLandscape } from './display-landscape.ts';
import { displayFiles } from './files.ts';

/** Bytes by file name; a part that the run lacks has no file. */
export function encodeDisplay(
  run: Pick<RunDisplay, 'data' | 'curves' | 'boundaries' | 'landscape'>,
): Map<string, Uint8Array<ArrayBuffer>> {
  const files = new Map([
    [displayFiles.data as string, encodeData(run.data)],
    [displayFiles.curves, encodeCurves(run.curves)],
  ]);
  if (run.boundaries) files.set(displayFiles.boundaries, encodeBoundaries(run.boundaries));
  if (run.landscape) files.set(displayFiles.landscape, encodeLandscape(run.landscape));
  return files;
}
