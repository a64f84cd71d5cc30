// The figure of a panel, with how far a landscape in it can be trusted.
import { figureEntry, loadFigure, type LoadedFigure } from '../../elements/load-figure.ts';

export interface PanelFigure extends LoadedFigure {
  /** Where it shows the landscape of a run: its fidelity is told alike in all figures. */
  readonly landscape: typeof import('../../elements/landscape-fidelity.ts') | null;
}

/** @throws where the code cannot be fetched. */
export async function loadPanelFigure(name: string): Promise<PanelFigure> {
  const entry = await figureEntry(name);
  const isOfLandscape = entry.parts?.includes('landscape') ?? false;
  const [loaded, landscape] = await Promise.all([
    loadFigure(entry),
    isOfLandscape ? import('../../elements/landscape-fidelity.ts') : null,
  ]);
  return { ...loaded, landscape };
}
