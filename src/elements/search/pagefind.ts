// The search library as the page uses it: fetched on the first search, from beside the pages, and told where they live.
import { withBase } from '../with-base.ts';

/** A place in a page whose text matches. */
export interface FoundSection {
  readonly title: string;
  /** Under the site's base, with the section's anchor. */
  readonly url: string;
  /** HTML: the text round the match, escaped, with <mark> where it matches. */
  readonly excerpt: string;
}

export interface FoundPage {
  readonly url: string;
  readonly excerpt: string;
  readonly meta: Readonly<Record<string, string | undefined>>;
  readonly sub_results: readonly FoundSection[];
}

export interface Pagefind {
  options(options: Readonly<Record<string, unknown>>): Promise<void>;
  init(): Promise<void>;
  /** Null where a later search has taken its place. */
  debouncedSearch(
    words: string,
    options?: object,
    milliseconds?: number,
  ): Promise<{ readonly results: readonly { data(): Promise<FoundPage> }[] } | null>;
}

let loaded: Promise<Pagefind> | undefined;

/** @throws Error that says in one sentence why there is no search. */
export function loadPagefind(): Promise<Pagefind> {
  loaded ??= load().catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function load(): Promise<Pagefind> {
  // Written by the build beside the pages, so no bundler can know it.
  const address = new URL(withBase('/pagefind/pagefind.js'), location.href).href;
  try {
    const pagefind = (await import(/* @vite-ignore */ address)) as Pagefind;
    await pagefind.options({ baseUrl: withBase('/'), excerptLength: 22 });
    await pagefind.init();
    return pagefind;
  } catch (error) {
    const remedy = import.meta.env.DEV
      ? 'a development server has none: run `npm run build` and `npm run preview`'
      : 'reload the page to try again, or use the contents';
    throw new Error(`The search index could not be loaded; ${remedy}.`, { cause: error });
  }
}
