// The chapters that exist, in reading order.
import { getCollection, type CollectionEntry } from 'astro:content';
import { withBase } from '../../elements/with-base.ts';

export type Chapter = CollectionEntry<'chapters'>;

export async function readChapters(): Promise<Chapter[]> {
  const rank = ({ data }: Chapter) => data.order ?? data.number;
  return (await getCollection('chapters')).sort((a, b) => rank(a) - rank(b));
}

export const chapterHref = (chapter: Chapter): string => withBase(`/chapters/${chapter.id}/`);
