// The place of a figure in the page: as large as its picture will be, held before the picture is there.
import { besideFrom, fitWithin, heightOnScreen, type Fit } from './figure-heights.ts';

export interface FigurePlaceFit extends Fit {
  /** Drawn flatter or smaller than it would be, to leave a phone's screen to the text. */
  readonly isSqueezed: boolean;
}

/** The width there is, less where a sticky picture would not fit the screen, and the height it needs; null while it has none. */
export function fitOf(figure: HTMLElement): FigurePlaceFit | null {
  const around = figure.parentElement ?? figure;
  const { paddingLeft, paddingRight } = getComputedStyle(around);
  const padding = figure.parentElement
    ? (parseFloat(paddingLeft) || 0) + (parseFloat(paddingRight) || 0)
    : 0;
  const width = around.clientWidth - padding;
  if (width <= 0) return null;
  const picture = figure.closest<HTMLElement>('.scrolly-picture');
  const limit = picture ? heightOnScreen(picture, figure) : Infinity;
  const isAbove = innerWidth < besideFrom;
  const fit = fitWithin(figure.dataset['heights'], width, limit, isAbove);
  return { ...fit, isSqueezed: isAbove && limit < Infinity };
}

export function holdPlace(figure: HTMLElement, { width, shown, isSqueezed }: FigurePlaceFit): void {
  figure.style.maxWidth = `${width}px`;
  figure.style.minHeight = `${shown}px`;
  if (shown > 0) figure.style.setProperty('--held', `${shown}px`);
  figure.style.setProperty('--most', isSqueezed ? `${shown}px` : 'none');
}

/** Beside the text, controls stand under the picture; a phone's screen is for the text, and they wait below the last step. */
export function placeControls(scrolly: Element): void {
  const controls = scrolly.querySelector('.figure-controls');
  const isNarrow = innerWidth < besideFrom;
  const place = scrolly.querySelector(isNarrow ? 'figcaption' : '.scrolly-controls');
  if (!controls || !place) return;
  if (!isNarrow) place.before(controls);
  else if (controls.parentElement !== place) place.prepend(controls);
}
