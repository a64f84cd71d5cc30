// What the gallery shows, as its address says: #figure=02-fifty-starts/moons&state=first&width=560&theme=dark.

export interface Place {
  readonly name: string;
  readonly chapter: string;
  /** CSS pixels that the chapter gives it on a large screen. */
  readonly width: number;
  readonly states: readonly string[];
}

export interface View {
  /** The name of a place, or of a chapter for all of its own; empty for all. */
  readonly figure: string;
  /** `all` shows every one; a figure that lacks it shows its first. */
  readonly state: string;
  /** CSS pixels, or `desktop`: what the chapter gives it on a large screen. */
  readonly width: string;
  readonly theme: string;
}

export const defaults: View = { figure: '', state: 'first', width: 'desktop', theme: 'light' };

export function parseView(hash: string): View {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const read = (key: keyof View): string => given.get(key) ?? defaults[key];
  return {
    figure: read('figure'),
    state: read('state'),
    width: read('width'),
    theme: read('theme') === 'dark' ? 'dark' : 'light',
  };
}

/** Only what is not as usual; slashes stay, so that an address can be read. */
export function formatView(view: View): string {
  const parts = (Object.keys(defaults) as (keyof View)[])
    .filter((key) => view[key] !== defaults[key])
    .map((key) => `${key}=${encodeURIComponent(view[key]).replaceAll('%2F', '/')}`);
  return `#${parts.join('&')}`;
}

export const placesOf = (places: readonly Place[], figure: string): Place[] =>
  places.filter(({ name, chapter }) => figure === '' || name === figure || chapter === figure);

/** The states of a place that a view shows. */
export function statesOf({ states }: Place, { state }: View): readonly string[] {
  if (state === 'all') return states;
  return [states.includes(state) ? state : (states[0] ?? 'first')];
}

export function widthOf(place: Place, { width }: View): number {
  const pixels = Number(width);
  return pixels >= 100 && pixels <= 4000 ? pixels : place.width;
}
