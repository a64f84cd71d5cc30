// Networks that a reader picks in figures, as the page hears of them.
import { pickEvent, type PickDetail } from '../figures/kit/figure.ts';

/** Calls with what is picked in any figure within `root`, and in which element. Returns how to stop. */
export function onPick(
  root: EventTarget,
  act: (pick: PickDetail, target: EventTarget | null) => void,
): () => void {
  const hear = (event: Event): void => act((event as CustomEvent<PickDetail>).detail, event.target);
  root.addEventListener(pickEvent, hear);
  return () => root.removeEventListener(pickEvent, hear);
}
