// The small data that the gallery and the tests of pictures draw from: kept in the repository, since networks trained on
// another processor differ in late digits.
import { readFile } from 'node:fs/promises';
import { loadRun } from '../../artifact/load-run.ts';
import { loadOutlinedStudy } from '../../artifact/load-study.ts';
import { figureEntry } from '../figure-entry.ts';
import type { FigureSource } from '../readers/figure-source.ts';
import type { FigurePlace } from './places.ts';

/** What pages fetch from `data/`. */
export const keptDataFolder = 'tests/fixtures/picture-data';

const readKept = async (path: string): Promise<Uint8Array> =>
  new Uint8Array(await readFile(`${keptDataFolder}/${path}`));

/** What the figure of a place draws, as a page would load it. */
export async function keptSource(place: FigurePlace): Promise<FigureSource> {
  const { run, study, analyses } = place;
  if (run !== null) {
    const { parts } = figureEntry(place.figure, place.name);
    return { kind: 'run', name: run, data: await loadRun(run, readKept, parts) };
  }
  if (study === null) throw new Error(`'${place.name}' names no run and no study.`);
  const data = await loadOutlinedStudy(study, readKept, analyses);
  return { kind: 'study', name: study, analyses, data };
}
