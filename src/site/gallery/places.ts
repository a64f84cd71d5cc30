// Where the chapters show a figure: what it draws there, and in which states their text shows it.
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { tagsIn, type MdxTag } from './mdx-tags.ts';

export type State = Readonly<Record<string, unknown>>;

export interface FigurePlace {
  /** Its address in the gallery and the name of its kept pictures: `02-fifty-starts/moons`. */
  readonly name: string;
  readonly chapter: string;
  readonly figure: string;
  /** A run, or a study with the analyses that are drawn. */
  readonly run: string | null;
  readonly study: string | null;
  readonly analyses: readonly string[];
  /** CSS pixels that the chapter gives it on a screen of 1440. */
  readonly width: number;
  /**
   * The author's states, which lie over the figure's initial one, by a name that stays when others come: `first`, a
   * step's id, `guessed`.
   */
  readonly states: ReadonlyMap<string, State>;
}

/** On a screen of 1440 pixels: in the column, reaching into the margin, over the whole page, beside the steps of a scrolly. */
export const desktopWidths = { text: 640, wide: 928, full: 1280, beside: 786 } as const;

/** All places of all chapters, in the order of reading. */
export function figurePlaces(folder = 'content/chapters'): FigurePlace[] {
  return globSync('*.mdx', { cwd: folder })
    .sort()
    .flatMap((file) => placesIn(readFileSync(`${folder}/${file}`, 'utf8'), basename(file, '.mdx')));
}

export function placesIn(mdx: string, chapter: string): FigurePlace[] {
  const tags = tagsIn(mdx, `${chapter}.mdx`);
  const guesses = tags.filter(({ name }) => name === 'Guess');
  return tags
    .filter(({ name }) => name === 'Figure' || name === 'Scrolly')
    .map((tag) => placeOf(tag, chapter, guesses));
}

function placeOf(tag: MdxTag, chapter: string, guesses: readonly MdxTag[]): FigurePlace {
  const text = (name: string): string | null => (tag.attributes[name] as string | null) ?? null;
  const figure = text('figure') ?? '';
  const id = text('id') ?? figure;
  const guess = guesses.find(({ attributes }) => attributes['figure'] === id);
  return {
    name: `${chapter}/${id}`,
    chapter,
    figure,
    run: text('run'),
    study: text('study'),
    analyses: (text('analyses') ?? '').split(/\s+/).filter((name) => name !== ''),
    width: desktopWidths[widthOf(tag)],
    states: withoutTwins(guess ? withGuess(statesOf(tag), guess) : statesOf(tag)),
  };
}

function widthOf(tag: MdxTag): keyof typeof desktopWidths {
  if (tag.name === 'Scrolly') return 'beside';
  const { width } = tag.attributes;
  return width === 'text' || width === 'full' ? width : 'wide';
}

function statesOf(tag: MdxTag): Map<string, State> {
  const own = stateOf(tag);
  const steps = tag.inner.filter(({ name }) => name === 'Step');
  const first = steps[0];
  return new Map([
    ['first', first ? { ...own, ...stateOf(first) } : own],
    ...steps.map((step) => [String(step.attributes['id']), { ...own, ...stateOf(step) }] as const),
  ]);
}

const stateOf = ({ attributes }: MdxTag): State => (attributes['state'] as State | undefined) ?? {};

/** The last state after a guess: where the slider stands first, or the first option. Defaults as in Guess.astro. */
function withGuess(states: Map<string, State>, { attributes }: MdxTag): Map<string, State> {
  const { state = 'guess', kind = 'number', min = 0, max = 1, start, options } = attributes;
  const guess =
    kind === 'choice'
      ? (options as { value: unknown }[])[0]?.value
      : (start ?? ((min as number) + (max as number)) / 2);
  const last = [...states.values()].at(-1);
  return states.set('guessed', { ...last, [state as string]: guess, revealed: true });
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
