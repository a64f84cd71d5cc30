// The gallery in the page: the address says what is shown; lists and choices change the address.
import '../../elements/atlas-figure.ts';
import type { AtlasFigure } from '../../elements/atlas-figure.ts';
import { stateEvent } from '../../elements/figure-events.ts';
import { whenNear } from '../../elements/when-near.ts';
import { withBase } from '../../elements/with-base.ts';
import {
  formatView,
  parseView,
  placesOf,
  statesOf,
  widthOf,
  type Place,
  type View,
} from './view.ts';

const one = <Kind extends Element>(selector: string, within: ParentNode = document): Kind => {
  const element = within.querySelector<Kind>(selector);
  if (!element) throw new Error(`The gallery has no ${selector}.`);
  return element;
};

const places = JSON.parse(one('#places').textContent) as Place[];
const stage = one<HTMLElement>('[data-stage]');
const bar = one<HTMLFormElement>('[data-bar]');
const find = one<HTMLInputElement>('[data-find]');
const links = [...document.querySelectorAll<HTMLAnchorElement>('.gallery-list [data-figure]')];

const markup = new Map<string, Promise<string>>();
function markupOf({ name }: Place): Promise<string> {
  const known = markup.get(name) ?? fetchMarkup(name);
  markup.set(name, known);
  return known;
}

async function fetchMarkup(name: string): Promise<string> {
  const answer = await fetch(withBase(`/gallery/places/${name}`));
  if (!answer.ok)
    throw new Error(`${name} could not be drawn: the terminal of \`npm run dev\` says why.`);
  return answer.text();
}

/** Stands in a figure's place until the reader comes near. */
function placeholder(place: Place, state: string, view: View): HTMLElement {
  const box = document.createElement('div');
  box.className = 'gallery-box';
  box.style.width = `${widthOf(place, view)}px`;
  box.dataset['awaits'] = place.name;
  whenNear([box], () => void fill(box, place, state));
  return box;
}

async function fill(box: HTMLElement, place: Place, state: string): Promise<void> {
  try {
    const parts = document.createRange().createContextualFragment(await markupOf(place));
    const section = one<HTMLElement>('.gallery-place', parts);
    const states = JSON.parse(section.dataset['states'] ?? '{}') as Record<string, object>;
    const figure = one<AtlasFigure>('atlas-figure', parts);
    figure.dataset['state'] = JSON.stringify(states[state]);
    // The drawing in the HTML is that of the first state.
    if (state !== 'first') one('.static-drawing', figure).replaceChildren();
    const link = one<HTMLAnchorElement>('[data-name-of-state]', parts);
    link.textContent = `${place.name} · ${state}`;
    link.href = formatView({ ...parseView(location.hash), figure: place.name, state });
    tellFacts(figure, section);
    box.replaceChildren(parts);
  } catch (error) {
    box.textContent = (error as Error).message;
  }
  delete box.dataset['awaits'];
}

/** Below a picture stands what it says and the state that it is in, as a reader's choices change them. */
function tellFacts(figure: AtlasFigure, section: HTMLElement): void {
  const tell = (): void => {
    if (!figure.drawn) return;
    const { figure: drawing, data } = figure.drawn;
    one('[data-description]', section).textContent = drawing.describe(data, figure.state);
    one('[data-state-text]', section).textContent = JSON.stringify(figure.state);
  };
  figure.addEventListener(stateEvent, tell);
  new MutationObserver(tell).observe(figure, { attributeFilter: ['data-alive'] });
}

function fillBar(view: View): void {
  const single = places.find(({ name }) => name === view.figure);
  const states = ['all', ...(single?.states ?? ['first'])];
  const select = one<HTMLSelectElement>('select[name=state]', bar);
  select.replaceChildren(
    ...states.map((state) => new Option(state, state, false, state === view.state)),
  );
  one<HTMLSelectElement>('select[name=figure]', bar).value = view.figure;
  for (const radio of bar.querySelectorAll<HTMLInputElement>('input[type=radio]'))
    radio.checked = view[radio.name as keyof View] === radio.value;
}

function show(): void {
  const view = parseView(location.hash);
  document.documentElement.dataset['theme'] = view.theme;
  fillBar(view);
  for (const link of links) {
    link.toggleAttribute('aria-current', link.dataset['figure'] === view.figure);
    link.href = formatView({
      ...view,
      figure: link.dataset['figure'] ?? '',
      state: stateWithin(view, link),
    });
  }
  document.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  stage.replaceChildren(
    ...placesOf(places, view.figure).flatMap((place) =>
      statesOf(place, view).map((state) => placeholder(place, state, view)),
    ),
  );
  scrollTo({ top: 0, behavior: 'instant' });
}

/** States have names of their own in each figure; `all` is one for every figure. */
const stateWithin = (view: View, link: HTMLAnchorElement): string =>
  view.state === 'all' || link.dataset['figure'] === view.figure ? view.state : 'first';

bar.addEventListener('change', () => {
  const view = parseView(location.hash);
  const chosen = Object.fromEntries(new FormData(bar)) as Partial<Record<keyof View, string>>;
  const next = { ...view, ...chosen };
  location.hash = formatView(next.figure === view.figure ? next : { ...next, state: 'first' });
});

find.addEventListener('input', () => {
  const words = find.value.toLowerCase().split(/\s+/);
  for (const item of document.querySelectorAll<HTMLElement>('[data-words]'))
    item.hidden = !words.every((word) => item.dataset['words']?.includes(word));
});

addEventListener('hashchange', show);
show();
