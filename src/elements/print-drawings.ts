// On paper a figure of several steps shows the whole, a view in 3D its drawing, and a fold is open: a printer gets what a reader without a script would see.

const figures = [...document.querySelectorAll<HTMLElement>('atlas-figure')];
/** Drawings from the HTML; a figure that comes alive takes its own out of the page. */
const still = new Map(figures.map((figure) => [figure, figure.querySelector('.static-drawing')]));

function drawingFor(figure: HTMLElement): Element | null {
  const picture = figure.closest('.scrolly-picture');
  const whole = picture?.querySelector('noscript')?.textContent;
  if (whole) {
    return new DOMParser().parseFromString(whole, 'text/html').querySelector('.static-drawing');
  }
  // A printer cannot be relied on to see a canvas; an SVG it draws as the reader has left it.
  return figure.querySelector('.live-drawing canvas') ? (still.get(figure) ?? null) : null;
}

/** Folds that were closed on screen. Style sheets alone open them only in newer browsers. */
let unfolded: HTMLDetailsElement[] = [];

addEventListener('beforeprint', () => {
  unfolded = [...document.querySelectorAll<HTMLDetailsElement>('details[data-fold]:not([open])')];
  for (const fold of unfolded) fold.open = true;
  for (const figure of figures) {
    const drawing = drawingFor(figure)?.cloneNode(true);
    if (!(drawing instanceof Element)) continue;
    drawing.classList.add('print-drawing');
    figure.before(drawing);
  }
});

addEventListener('afterprint', () => {
  for (const fold of unfolded) fold.open = false;
  unfolded = [];
  for (const drawing of document.querySelectorAll('.print-drawing')) drawing.remove();
});
