// What a search found, as it is listed: page by page, each with the few sections that match best.
import { counted } from '../../learning/counted.ts';
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

/**
 * Best page first; within a page its best sections. A match above the first heading is the page's own. What bears the
 * same label, as words of the glossary do, is one page.
 */
export function groupResults(pages: readonly FoundPage[], sectionsEach = 3): ResultPage[] {
  const groups = new Map<string, { title: string; url: string; sections: ResultSection[] }>();
  for (const { url, excerpt, meta, sub_results: found } of pages) {
    const title = meta['label'] ?? meta['title'] ?? url;
    const own = meta['section'] ?? 'Beginning of the page';
    const sections = found.map((section) => ({
      title: section.url === url ? own : section.title,
      url: section.url,
      excerpt: closeUp(section.excerpt),
    }));
    if (sections.length === 0) sections.push({ title: own, url, excerpt: closeUp(excerpt) });
    const group = groups.get(title) ?? { title, url, sections: [] };
    group.sections.push(...sections.slice(0, sectionsEach - group.sections.length));
    groups.set(title, group);
  }
  return [...groups.values()];
}

/** Between elements Pagefind sees a space, so that a sign after a marked word stands alone. */
const closeUp = (excerpt: string): string => excerpt.replace(/\s+(?=[,.;:!?)])/g, '');

/** "3 places in 2 pages", for those who hear what others see. */
export function countResults(pages: readonly ResultPage[], words: string): string {
  const places = pages.reduce((sum, { sections }) => sum + sections.length, 0);
  if (places === 0) return `Nothing found for “${words}”.`;
  return `${counted(places, 'place')} in ${counted(pages.length, 'page')}`;
}
