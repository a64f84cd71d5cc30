// What a search found, as it is listed: page by page, each with the few sections that match best.
import type { FoundPage } from './pagefind.ts';

export interface ResultSection {
  readonly title: string;
  readonly url: string;
  /** HTML with <mark>. */
  readonly excerpt: string;
}

export interface ResultPage {
  readonly title: string;
  readonly url: string;
  readonly sections: readonly ResultSection[];
}

/** Best page first; within a page in the order of reading. A match above the first heading is the page's own. */
export function groupResults(pages: readonly FoundPage[], sectionsEach = 3): ResultPage[] {
  return pages.map(({ url, excerpt, meta, sub_results: found }) => {
    const title = meta['label'] ?? meta['title'] ?? url;
    const sections = found.slice(0, sectionsEach).map((section) => ({
      title: section.url === url ? 'Beginning of the page' : section.title,
      url: section.url,
      excerpt: section.excerpt,
    }));
    return {
      title,
      url,
      sections: sections.length > 0 ? sections : [{ title: 'Beginning of the page', url, excerpt }],
    };
  });
}

/** "3 places in 2 pages", for those who hear what others see. */
export function countResults(pages: readonly ResultPage[], words: string): string {
  const places = pages.reduce((sum, { sections }) => sum + sections.length, 0);
  if (places === 0) return `Nothing found for “${words}”.`;
  const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
  return `${plural(places, 'place')} in ${plural(pages.length, 'page')}`;
}
