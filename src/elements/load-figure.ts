// A figure by its name, with what a place that shows it has to know of it; its code comes when it is asked for.
import type { RunDisplay, StudyDisplay } from '../artifact/display.ts';
import type { FigureEntry } from '../figures/index.ts';
import type { Figure, FigureControl } from '../figures/kit/figure.ts';
import type { State } from './layered-state.ts';

/** A run or a study; which one is the figure's own affair. */
export type FigureData = RunDisplay | StudyDisplay;

export interface LoadedFigure {
  readonly figure: Figure<FigureData, State>;
  /** Its live view is in 3D. */
  readonly isSurface: boolean;
  /** All that a reader may change in it. */
  controlsFor(data: FigureData): readonly FigureControl[];
}

/** @throws where no figure has this name. */
export async function figureEntry(name: string): Promise<FigureEntry> {
  const { figures } = await import('../figures/index.ts');
  const entry = figures[name];
  if (!entry) throw new Error(`No figure is called '${name}'.`);
  return entry;
}

/** @throws where the code cannot be fetched. */
export async function loadFigure(entry: FigureEntry): Promise<LoadedFigure> {
  const [figure, { controlsOf }] = await Promise.all([
    // Whoever names a figure gives it data of its own kind.
    entry.load() as Promise<LoadedFigure['figure']>,
    import('../figures/kit/controls-of.ts'),
  ]);
  const isSurface = entry.heavy ?? false;
  return { figure, isSurface, controlsFor: (data) => controlsOf(figure, data, isSurface) };
}
