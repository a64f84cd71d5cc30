// The small data that the gallery and the tests of pictures draw from: kept in the repository, since networks trained on
// another processor differ in late digits.
import { readFile } from 'node:fs/promises';
import { load, runOf } from '../../artifact/load.ts';
import { figureEntry } from '../figure-entry.ts';
import type { FigureSource } from '../readers/figure-source.ts';
import type { FigurePlace } from './places.ts';

/** What pages fetch from `data/`. */
export const keptDataFolder = 'tests/fixtures/picture-data';

const readKept = async (path: string): Promise<Uint8Array> =>
  new Uint8Array(await readFile(`${keptDataFolder}/${path}`));

/** What the figure of a place draws, as a page would load it. */
export async function keptSource(place: FigurePlace): Promise<FigureSource> {
  const { parts } = figureEntry(place.figure, place.name);
  if (parts) {
    const name = place.run ?? '';
    return { kind: 'run', name, data: runOf(await load(name, readKept, parts)) };
  }
  const { analyses } = place;
  const name = place.study ?? '';
  const data = await load(name, readKept, analyses);
  return { kind: 'study', name, analyses, data };
}
