// Which figures a built chapter has, and in which states its text shows them.
import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { sitePaths } from '../site-paths.ts';

type State = Record<string, unknown>;

export interface PicturedFigure {
  /** Of its <figure> or <atlas-scrolly>; the figure's name where it has none. */
  readonly id: string;
  /** The attributes of its <atlas-figure>. */
  readonly attributes: Readonly<Record<string, string>>;
  /** By a name that stays when others come: a step's id, `first`, `guessed`. */
  readonly states: ReadonlyMap<string, State>;
}

const parse = (text: string | null): State => JSON.parse(text ?? '{}') as State;

/** @param path of a built chapter below the base. */
export function picturedFigures(path: string): PicturedFigure[] {
  const html = readFileSync(`${sitePaths.folder}/${path}index.html`, 'utf8');
  const { document } = parseHTML(html);
  return [...document.querySelectorAll('atlas-figure')].map((element) => {
    const place = element.closest('atlas-scrolly, figure[id]');
    const id = place?.id || (element.getAttribute('data-figure') ?? '');
    const attributes = Object.fromEntries(
      element.getAttributeNames().map((name) => [name, element.getAttribute(name) ?? '']),
    );
    const first = parse(element.getAttribute('data-state'));
    const states = new Map([['first', first]]);
    const ground = parse(place?.getAttribute('data-ground') ?? null);
    for (const step of place?.querySelectorAll('.step') ?? []) {
      states.set(step.id, { ...ground, ...parse(step.getAttribute('data-state')) });
    }
    const guess = document.querySelector(`atlas-guess[data-figure="${id}"]`);
    if (guess) {
      const key = guess.getAttribute('data-key') ?? 'guess';
      const last = [...states.values()].at(-1) ?? first;
      states.set('guessed', { ...last, [key]: someGuess(guess), revealed: true });
    }
    return { id, attributes, states: withoutTwins(states) };
  });
}

/** Where the slider stands first, or the first option. */
function someGuess(guess: Element): unknown {
  const scale = guess.getAttribute('data-scale');
  if (scale !== null) return (JSON.parse(scale) as { start: number }).start;
  return JSON.parse(guess.querySelector('input')?.getAttribute('value') ?? 'null');
}

/** Two steps may show one picture. */
function withoutTwins(states: ReadonlyMap<string, State>): Map<string, State> {
  const seen = new Set<string>();
  return new Map(
    [...states].filter(([, state]) => {
      const key = JSON.stringify(Object.entries(state).sort());
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    }),
  );
}
