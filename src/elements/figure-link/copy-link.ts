// Copies the address of a figure as it stands now.
import type { AtlasFigure } from '../atlas-figure.ts';
import { notice } from '../notice.ts';
import { idOf, knownStates } from './page-figures.ts';
import { findState, stateAddress } from './state-address.ts';

/** The address of what the figure shows, with the step beside it that is being read. */
export function linkTo(figure: AtlasFigure): string {
  const id = idOf(figure);
  const known = knownStates(figure);
  // What could not be read back is left out: an address that is given out opens without complaint.
  const address = stateAddress(location.href, id, figure.chosen, '');
  const { state } = findState(new Map(new URL(address).searchParams), known);
  const step = figure.closest('atlas-scrolly')?.querySelector('.step.current')?.id;
  return stateAddress(location.href, id, state, step ?? id);
}

export async function copyLink(figure: AtlasFigure): Promise<void> {
  const address = linkTo(figure);
  try {
    await navigator.clipboard.writeText(address);
    notice.say('The address of this figure, as it stands now, is copied.');
  } catch {
    notice.show(address, 'Your browser lets no page copy: take the address from here.');
  }
}
