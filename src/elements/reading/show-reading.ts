// Wherever chapters are listed: marks those that are read or begun, counts them, and offers to go on where the reader stopped.
import {
  chapterShare,
  chapterState,
  endMark,
  goOn,
  type ReadingRecord,
  type Stop,
} from './reading-record.ts';
import { forgetRecord, onRecordChange, readRecord } from './reading-store.ts';

const spoken = { unread: '', begun: ', begun', read: ', read' } as const;

function show(): void {
  const record = readRecord();
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-chapter]')) {
    mark(link, record);
  }
  const order = chapterOrder();
  const read = order.filter((chapter) => chapterState(record, chapter) === 'read').length;
  const begun = order.some((chapter) => chapterState(record, chapter) !== 'unread');
  for (const element of document.querySelectorAll<HTMLElement>('[data-read-count]')) {
    element.hidden = !begun;
    const count = element.querySelector('[data-count]');
    if (count) count.textContent = `${read} of ${order.length} read`;
  }
  const stop = goOn(record, order);
  for (const element of document.querySelectorAll<HTMLElement>('[data-go-on]')) {
    offer(element, stop);
  }
}

function mark(link: HTMLAnchorElement, record: ReadingRecord): void {
  const chapter = link.dataset['chapter'] ?? '';
  const state = chapterState(record, chapter);
  link.dataset['read'] = state;
  link.style.setProperty('--read', chapterShare(record, chapter).toFixed(3));
  const words = link.querySelector('[data-read-words]');
  if (words) words.textContent = spoken[state];
}

/** The chapters in reading order, as the contents of this page list them. */
function chapterOrder(): string[] {
  const links = document.querySelectorAll<HTMLAnchorElement>('.contents a[data-chapter]');
  return [...links].map((link) => link.dataset['chapter'] ?? '');
}

/** An element with data-go-on holds a link and, where it wants words, [data-place]; `current` is not offered to itself. */
function offer(element: HTMLElement, stop: Stop | null): void {
  const listed =
    stop &&
    document.querySelector<HTMLAnchorElement>(
      `.contents a[data-chapter="${CSS.escape(stop.chapter)}"]`,
    );
  const here = document.querySelector<HTMLElement>('article[data-chapter-id]')?.dataset[
    'chapterId'
  ];
  const link = element.querySelector('a');
  element.toggleAttribute('data-ready', false);
  if (!stop || !listed || !link || stop.chapter === here) return;
  const anchor = stop.anchor === endMark ? '' : stop.anchor;
  link.href = anchor === '' ? listed.href : `${listed.href}#${anchor}`;
  const place = element.querySelector('[data-place]');
  const title = listed.dataset['title'] ?? '';
  if (place) place.textContent = stop.section === '' ? title : `${title}: ${stop.section}`;
  element.toggleAttribute('data-ready', true);
}

for (const button of document.querySelectorAll('[data-forget-reading]')) {
  button.addEventListener('click', () => {
    forgetRecord();
    // The button has gone with what it forgot.
    document.querySelector<HTMLElement>('#sheets-title')?.focus();
  });
}
onRecordChange(show);
show();
