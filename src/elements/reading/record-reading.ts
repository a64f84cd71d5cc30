// In a chapter: notes which sections come on screen and where the reader is, and offers the place where they stopped.
import { endMark, type Stop } from './reading-record.ts';
import { changeRecord, readRecord } from './reading-store.ts';
import { withSeen, withStop } from './reading-record.ts';

const article = document.querySelector<HTMLElement>('article[data-chapter-id]');
const prose = article?.querySelector<HTMLElement>('.prose');
if (article && prose) record(article.dataset['chapterId']!, article, prose);

function record(chapter: string, article: HTMLElement, prose: HTMLElement): void {
  const headings = [...prose.querySelectorAll<HTMLElement>(':scope > h2[id]')];
  const end =
    prose.querySelector<HTMLElement>('.chapter-references') ?? article.querySelector('nav');
  const marks = [...headings.map(({ id }) => id), endMark];
  const stopped = readRecord().last;
  if (stopped?.chapter === chapter && location.hash === '') offer(article, stopped);

  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      const mark = headings.includes(target as HTMLElement) ? target.id : endMark;
      changeRecord((before) => withSeen(before, chapter, mark, marks));
    }
  });
  for (const element of [...headings, ...(end ? [end] : [])]) observer.observe(element);

  // A place is noted when the reader has rested there, not while the page flies past.
  let resting = 0;
  const settle = (): void => {
    clearTimeout(resting);
    resting = window.setTimeout(() => notePlace(chapter, headings, prose, end), 400);
  };
  addEventListener('scroll', settle, { passive: true });
  addEventListener('pagehide', () => notePlace(chapter, headings, prose, end));
}

function notePlace(
  chapter: string,
  headings: readonly HTMLElement[],
  prose: HTMLElement,
  end: HTMLElement | null | undefined,
): void {
  if (scrollY < 40) return;
  const line = innerHeight / 2;
  const above = (element: Element): boolean => element.getBoundingClientRect().top <= line;
  const stop = (anchor: string, section: string): void =>
    changeRecord((before) => withStop(before, { chapter, anchor, section }));
  if (end && above(end)) return stop(endMark, 'the end');
  const heading = headings.filter(above).at(-1);
  const title = heading?.textContent.trim() ?? '';
  // A step beside a figure is a nearer place than the section it stands in.
  const step = [...prose.querySelectorAll<HTMLElement>('.step[id]')].find((candidate) => {
    const { top, bottom } = candidate.getBoundingClientRect();
    return top <= line && bottom > line;
  });
  stop(step?.id ?? heading?.id ?? '', title);
}

/** One line below the chapter's head, in space that is kept for it. */
function offer(article: HTMLElement, { anchor, section }: Stop): void {
  const line = article.querySelector<HTMLElement>('[data-stopped]');
  if (!line || anchor === '' || anchor === endMark) return;
  if (!document.getElementById(anchor)) return;
  const link = document.createElement('a');
  link.href = `#${anchor}`;
  link.textContent = section === '' ? 'Go on where you stopped' : `Go on at “${section}”`;
  line.replaceChildren(link);
}
