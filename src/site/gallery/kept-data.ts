// The small data that the gallery and the tests of pictures draw from: kept in the repository, since networks trained on
// another processor differ in late digits.
import { readFile } from 'node:fs/promises';
import type { RunDisplay, StudyDisplay } from '../../artifact/display.ts';
import { load, runOf } from '../../artifact/load.ts';
import { figureEntry } from '../figure-entry.ts';
import type { FigurePlace } from './places.ts';

/** What pages fetch from `data/`. */
export const keptDataFolder = 'tests/fixtures/picture-data';

const readKept = async (path: string): Promise<Uint8Array> =>
  new Uint8Array(await readFile(`${keptDataFolder}/${path}`));

/** What the figure of a place draws, as a page would load it. */
export async function loadKept(place: FigurePlace): Promise<RunDisplay | StudyDisplay> {
  const { parts } = figureEntry(place.figure, `in ${place.chapter}.mdx`);
  if (parts) return runOf(await load(place.run ?? '', readKept, parts));
  return load(place.study ?? '', readKept, place.analyses);
}
