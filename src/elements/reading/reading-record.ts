// What a reader has read and where they stopped: a plain record, and how it grows. No DOM, no storage.

export interface ChapterRecord {
  /** Sections that were on screen, by their ids; the chapter's end is `endMark`. */
  readonly seen: readonly string[];
  /** Sections there were, its end among them, when it was last read. */
  readonly of: number;
}

export interface Stop {
  readonly chapter: string;
  /** Id of the section or step, empty at the beginning. */
  readonly anchor: string;
  /** What that section is called, empty at the beginning. */
  readonly section: string;
}

export interface ReadingRecord {
  readonly chapters: Readonly<Record<string, ChapterRecord>>;
  readonly last: Stop | null;
}

export type ChapterState = 'unread' | 'begun' | 'read';

export const emptyRecord: ReadingRecord = { chapters: {}, last: null };

/** Stands for a chapter's end, which has no heading. */
export const endMark = '$end';

/** The record in `text`; an empty one where the text is of another version, or damaged. */
export function parseRecord(text: string | null): ReadingRecord {
  try {
    const { chapters, last } = JSON.parse(text ?? '') as Partial<ReadingRecord>;
    const known = Object.entries(chapters ?? {}).filter(([, chapter]) => isChapter(chapter));
    return { chapters: Object.fromEntries(known), last: isStop(last) ? last : null };
  } catch {
    return emptyRecord;
  }
}

const isChapter = (value: unknown): value is ChapterRecord =>
  isObject(value) &&
  Array.isArray(value['seen']) &&
  value['seen'].every((mark) => typeof mark === 'string') &&
  typeof value['of'] === 'number';

const isStop = (value: unknown): value is Stop =>
  isObject(value) &&
  ['chapter', 'anchor', 'section'].every((name) => typeof value[name] === 'string');

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** The record after `mark` was on screen in a chapter whose marks are `marks`. A mark that the chapter lost is forgotten. */
export function withSeen(
  record: ReadingRecord,
  chapter: string,
  mark: string,
  marks: readonly string[],
): ReadingRecord {
  const before = record.chapters[chapter]?.seen ?? [];
  const seen = marks.filter((candidate) => candidate === mark || before.includes(candidate));
  return {
    ...record,
    chapters: { ...record.chapters, [chapter]: { seen, of: marks.length } },
  };
}

export const withStop = (record: ReadingRecord, last: Stop): ReadingRecord => ({ ...record, last });

/** A chapter is read when each of its sections and its end were on screen: who jumps to its end has not read it. */
export function chapterState(record: ReadingRecord, chapter: string): ChapterState {
  const entry = record.chapters[chapter];
  if (!entry || entry.seen.length === 0) return 'unread';
  return entry.seen.length >= entry.of ? 'read' : 'begun';
}

/** Share of a chapter's sections that were on screen, 0 to 1. */
export function chapterShare(record: ReadingRecord, chapter: string): number {
  const entry = record.chapters[chapter];
  return entry && entry.of > 0 ? Math.min(1, entry.seen.length / entry.of) : 0;
}

/**
 * Where to go on: where the reader stopped, or at the next chapter where they stopped at a chapter's end.
 * Null where nothing was begun, or all is read.
 */
export function goOn(record: ReadingRecord, order: readonly string[]): Stop | null {
  const { last } = record;
  if (!last) return null;
  const at = order.indexOf(last.chapter);
  if (at < 0) return null;
  if (last.anchor !== endMark) return last;
  const next = order[at + 1];
  return next === undefined ? null : { chapter: next, anchor: '', section: '' };
}
