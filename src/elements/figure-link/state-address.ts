// A figure's state as an address: `?figure=fifty-map&scale=linear&selected=17#step`, read back with a sentence where it does not fit.
import type { FigureControl } from '../../figures/kit/figure.ts';
import type { AnyStateSchema } from '../../figures/kit/state-fields.ts';
import type { State } from '../layered-state.ts';

/** The parameter that names the figure; no key of a state is called so. */
export const figureParameter = 'figure';

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null);

/** @param page the address of the page; its own query and hash are left out. @param anchor id to scroll to. */
export function stateAddress(page: string, figure: string, state: State, anchor: string): string {
  const url = new URL(page);
  url.search = '';
  url.searchParams.set(figureParameter, figure);
  for (const [key, value] of Object.entries(state)) url.searchParams.set(key, textOf(value));
  url.hash = anchor;
  return url.href;
}

/** Keys and texts that an address asks for, and of which figure; null where it asks for none. */
export function readAddress(
  search: string,
): { readonly figure: string; readonly asked: ReadonlyMap<string, string> } | null {
  const asked = new Map(new URLSearchParams(search));
  const figure = asked.get(figureParameter);
  if (!figure) return null;
  asked.delete(figureParameter);
  return { figure, asked };
}

export interface KnownStates {
  /** What each key of the figure's state may hold. */
  readonly schema: AnyStateSchema;
  readonly controls: readonly FigureControl[];
  /** States that the page itself shows: every value in them is one that the figure can draw. */
  readonly states: readonly State[];
  /** Networks that can be picked. */
  readonly networks: number;
}

/** The value that a text stands for; undefined where no value of this key reads so. */
function valueOf(key: string, text: string, known: KnownStates): { value: unknown } | undefined {
  const control = known.controls.find((candidate) => candidate.key === key);
  const values = [
    ...(control?.options ?? []).map(({ value }) => value),
    ...known.states.filter((state) => key in state).map((state) => state[key]),
  ];
  const found = values.findIndex((value) => textOf(value) === text);
  if (found >= 0) return { value: values[found] };
  if (key === 'eye' && known.schema[key]?.takes(text)) return { value: text };
  if (control) return undefined;
  if (key === 'selected' && text === 'null') return { value: null };
  if (key === 'selected' && /^\d+$/.test(text) && Number(text) < known.networks) {
    return { value: Number(text) };
  }
  return undefined;
}

export interface FoundState {
  readonly state: State;
  /** A sentence for each part that does not fit. */
  readonly problems: readonly string[];
}

/** What of an address a figure can show; what it cannot is named, and left as the author has it. */
export function findState(asked: ReadonlyMap<string, string>, known: KnownStates): FoundState {
  const state: Record<string, unknown> = {};
  const problems: string[] = [];
  const keys = new Set(known.states.flatMap(Object.keys));
  for (const [key, text] of asked) {
    if (!keys.has(key)) {
      problems.push(`This figure has no “${key}” to set.`);
      continue;
    }
    const found = valueOf(key, text, known);
    const field = known.schema[key];
    if (found && (field?.takes(found.value) ?? true)) state[key] = found.value;
    else problems.push(`“${nameOf(key, known)}” cannot be “${text}”${expected(key, known)}.`);
  }
  return { state, problems };
}

export const nameOf = (key: string, { controls }: Pick<KnownStates, 'controls'>): string =>
  controls.find((control) => control.key === key)?.name ?? (key === 'selected' ? 'Network' : key);

function expected(key: string, { controls, networks }: KnownStates): string {
  const options = controls.find((control) => control.key === key)?.options ?? [];
  if (options.length === 0) {
    return key === 'selected' ? `: networks are numbered 0 to ${networks - 1}` : '';
  }
  if (options.length > 6) return '';
  return `: it is one of ${options.map(({ value }) => textOf(value)).join(', ')}`;
}

/** The state in words, such as “Scale: linear; Network: 17”. */
export function stateInWords(state: State, known: Pick<KnownStates, 'controls'>): string {
  return Object.entries(state)
    .map(([key, value]) => {
      const control = known.controls.find((candidate) => candidate.key === key);
      const option = control?.options.find((candidate) => candidate.value === value);
      const text =
        key === 'eye' && value !== 'map' ? 'turned' : value === null ? 'none' : textOf(value);
      return `${key === 'eye' ? 'View' : nameOf(key, known)}: ${option?.text ?? text}`;
    })
    .join('; ');
}
