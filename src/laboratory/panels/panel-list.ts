// The list of panels as plain data: moved, closed, added, and matched with the cards that are on screen.
import type { PanelState } from '../lab-state.ts';

export type Panels = readonly PanelState[];

/** More would be a page of their own. */
export const mostPanels = 24;

export const plainPanel = (kind: string): PanelState => ({
  kind,
  figure: {},
  analysis: null,
  wide: false,
});

/** Panel `index` one place earlier (-1) or later (1); the same list where there is no place. */
export function moved(panels: Panels, index: number, by: -1 | 1): Panels {
  const to = index + by;
  if (!panels[index] || !panels[to]) return panels;
  const list = [...panels];
  [list[index], list[to]] = [list[to]!, list[index]!];
  return list;
}

export const without = (panels: Panels, index: number): Panels =>
  panels.filter((_, place) => place !== index);

export const replaced = (panels: Panels, index: number, panel: PanelState): Panels =>
  panels.map((old, place) => (place === index ? panel : old));

/**
 * For each panel of the list now, the place of its card in the list before, or -1 for a new one: the same panel, else
 * one of its kind that no other panel is (undo brings back a list of equal but other objects).
 */
export function matched(before: Panels, now: Panels): number[] {
  const isTaken = before.map(() => false);
  const take = (place: number): number => {
    if (place >= 0) isTaken[place] = true;
    return place;
  };
  const same = now.map((panel) => take(before.findIndex((old, i) => !isTaken[i] && old === panel)));
  return same.map((place, index) =>
    place >= 0
      ? place
      : take(before.findIndex(({ kind }, i) => !isTaken[i] && kind === now[index]!.kind)),
  );
}
