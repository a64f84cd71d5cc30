// The reading record: what counts as read, where one goes on, and that nothing in storage can break a page.
import { describe, expect, test } from 'vitest';
import {
  chapterShare,
  chapterState,
  emptyRecord,
  endMark,
  goOn,
  parseRecord,
  withSeen,
  withStop,
} from '../../../../src/elements/reading/reading-record.ts';

const marks = ['one', 'two', endMark];
const seeing = (...seen: string[]) =>
  seen.reduce((record, mark) => withSeen(record, 'a', mark, marks), emptyRecord);

describe('a chapter', () => {
  test('is read when every section and its end were on screen, in any order', () => {
    expect(chapterState(emptyRecord, 'a')).toBe('unread');
    expect(chapterState(seeing('two'), 'a')).toBe('begun');
    expect(chapterState(seeing('two', endMark), 'a')).toBe('begun');
    expect(chapterState(seeing(endMark, 'two', 'one'), 'a')).toBe('read');
  });

  test('of which the end alone was seen is not read', () => {
    expect(chapterState(seeing(endMark), 'a')).toBe('begun');
    expect(chapterShare(seeing(endMark), 'a')).toBeCloseTo(1 / 3);
  });

  test('that lost a section forgets it, and one that gained a section is begun again', () => {
    const record = seeing('one', 'two', endMark);
    const shorter = withSeen(record, 'a', endMark, ['one', endMark]);
    expect(shorter.chapters['a']).toEqual({ seen: ['one', endMark], of: 2 });
    expect(chapterState(shorter, 'a')).toBe('read');
    const longer = withSeen(record, 'a', endMark, [...marks, 'three']);
    expect(chapterState(longer, 'a')).toBe('begun');
  });

  test('seen twice counts once, and another chapter is not touched', () => {
    const record = withSeen(seeing('one', 'one'), 'b', 'x', ['x']);
    expect(chapterShare(record, 'a')).toBeCloseTo(1 / 3);
    expect(chapterState(record, 'b')).toBe('read');
  });
});

describe('going on', () => {
  const order = ['a', 'b', 'c'];
  const stopped = (chapter: string, anchor: string) =>
    withStop(emptyRecord, { chapter, anchor, section: 'S' });

  test('is offered where one stopped', () => {
    expect(goOn(stopped('b', 'two'), order)).toEqual({ chapter: 'b', anchor: 'two', section: 'S' });
  });

  test('after a chapter’s end is the next chapter’s beginning', () => {
    expect(goOn(stopped('a', endMark), order)).toMatchObject({ chapter: 'b', anchor: '' });
  });

  test('is not offered before a beginning, after the last end, or in a chapter that is gone', () => {
    expect(goOn(emptyRecord, order)).toBeNull();
    expect(goOn(stopped('c', endMark), order)).toBeNull();
    expect(goOn(stopped('gone', 'two'), order)).toBeNull();
  });
});

describe('what storage holds', () => {
  test('comes back as it was', () => {
    const record = withStop(seeing('one'), { chapter: 'a', anchor: 'one', section: 'One' });
    expect(parseRecord(JSON.stringify(record))).toEqual(record);
  });

  test.each([
    null,
    '',
    '{',
    '[]',
    'null',
    '7',
    '{"chapters":{"a":{"seen":"all","of":1}},"last":{"chapter":1}}',
    '{"chapters":{"a":null},"last":"a"}',
  ])('%j is an empty record', (text) => {
    expect(parseRecord(text)).toEqual(emptyRecord);
  });
});
