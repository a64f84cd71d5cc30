// The registry's entry of a figure that a tag names.
import { figures, type FigureEntry } from '../figures/index.ts';

/** Throws a sentence that lists the names there are. */
export function figureEntry(name: string, place: string): FigureEntry {
  const entry = figures[name];
  if (!entry) {
    throw new Error(
      `No figure is called '${name}' (${place}): src/figures/index.ts has ${Object.keys(figures).join(', ')}.`,
    );
  }
  return entry;
}
