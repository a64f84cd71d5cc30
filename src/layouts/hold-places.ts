// While the page is still coming: gives every figure the height that it will have alive, before it is first painted and long before its own code is there.
import { fitOf, holdPlace, placeControls } from '../elements/figure-place.ts';

/** Its callbacks come when styles are there and before anything is painted. */
const measured = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    measured.unobserve(target);
    // From here on the element itself takes care of it.
    if (!(target instanceof HTMLElement) || target.matches(':defined')) continue;
    const fit = fitOf(target);
    if (fit) holdPlace(target, fit);
  }
});
const known = new WeakSet<Element>();

function look(): void {
  for (const figure of document.querySelectorAll('atlas-figure')) {
    if (known.has(figure)) continue;
    const scrolly = figure.closest('atlas-scrolly');
    // How much room there is depends on all that stands with the picture.
    if (scrolly && !scrolly.querySelector('.scrolly-steps')) continue;
    known.add(figure);
    if (scrolly) placeControls(scrolly);
    measured.observe(figure);
  }
}

const comings = new MutationObserver(look);
comings.observe(document, { childList: true, subtree: true });
document.addEventListener('DOMContentLoaded', () => comings.disconnect());
