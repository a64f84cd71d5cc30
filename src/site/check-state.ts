// Holds the states that chapters write against the schemas of their figures, so that a wrong one fails the build in one sentence.
import { parseHTML } from 'linkedom';
import { stateProblems, type AnyStateSchema } from '../figures/kit/state-fields.ts';
import { figureEntry } from './figure-entry.ts';

/** Throws a sentence that names the key, what was given, what was expected, the figure and the place. */
export function checkState(
  { name, schema }: { readonly name: string; readonly schema: AnyStateSchema },
  given: object,
  place: string,
): void {
  // A guess reveals, whether or not its figure had hidden anything.
  const { revealed, ...own } = given as { readonly revealed?: unknown };
  const state = revealed === true && !('revealed' in schema) ? own : given;
  const [problem] = stateProblems(schema, state);
  if (problem !== undefined) {
    throw new Error(`The state of '${name}' does not fit (${place}): ${problem}.`);
  }
}

/** The states in a chapter's HTML: of steps, of words that drive a picture, and what can be guessed. */
export async function checkChapterStates(html: string, place: string): Promise<void> {
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  const figureIn = async (id: string) => {
    const name = document.getElementById(id)?.querySelector('atlas-figure');
    const known = name?.getAttribute('data-figure');
    return known ? figureEntry(known, place).load() : null;
  };
  for (const scrolly of document.querySelectorAll('atlas-scrolly')) {
    const figure = await figureIn(scrolly.id);
    for (const step of scrolly.querySelectorAll('.step')) {
      const state = parsed(step.getAttribute('data-state'));
      if (figure) checkState(figure, state, `<Step id="${step.id}"> ${place}`);
    }
  }
  for (const words of document.querySelectorAll('atlas-show')) {
    const figure = await figureIn(words.getAttribute('data-in') ?? '');
    const state = parsed(words.getAttribute('data-state'));
    if (figure) checkState(figure, state, `<Show>${words.textContent.trim()}</Show> ${place}`);
  }
  for (const guess of document.querySelectorAll('atlas-guess')) {
    const figure = await figureIn(guess.getAttribute('data-figure') ?? '');
    const key = guess.getAttribute('data-key') ?? '';
    for (const value of guessable(guess))
      if (figure) checkState(figure, { [key]: value }, `<Guess id="${guess.id}"> ${place}`);
  }
}

const parsed = (json: string | null): object => JSON.parse(json ?? '{}') as object;

/** The values of the options, or the ends of the slider. */
function guessable(guess: Element): unknown[] {
  const scale = guess.getAttribute('data-scale');
  if (scale !== null) {
    const { min, max } = JSON.parse(scale) as { min: number; max: number };
    return [min, max];
  }
  return [...guess.querySelectorAll('input[type="radio"]')].map(
    (option) => JSON.parse(option.getAttribute('value') ?? 'null') as unknown,
  );
}
