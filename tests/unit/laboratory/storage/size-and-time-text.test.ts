import { describe, expect, it } from 'vitest';
import { fileName } from '../../../../src/laboratory/storage/experiment-downloads.ts';
import { keepErrorOf, StorageError } from '../../../../src/laboratory/storage/storage-error.ts';
import { offerInWords } from '../../../../src/laboratory/storage/draft-recovery.ts';
import { runSummary } from '../../../../src/laboratory/storage/saved-experiments.ts';
import {
  bytesInWords,
  sinceInWords,
} from '../../../../src/laboratory/storage/size-and-time-text.ts';
import { training } from './a-training.ts';

const now = new Date(2026, 10, 24, 17, 0).getTime();
const at = (...date: [number, number, number, number?, number?]): number =>
  new Date(...date).getTime();

describe('the words of the storage section', () => {
  it.each([
    [at(2026, 10, 24, 17, 0), 'just now'],
    [at(2026, 10, 24, 16, 55), '5 minutes ago'],
    [at(2026, 10, 24, 15, 30), '1 hour ago'],
    [at(2026, 10, 24, 0, 1), '16 hours ago'],
    [at(2026, 10, 23, 23, 59), 'yesterday'],
    [at(2026, 10, 20, 8, 0), '4 days ago'],
    [at(2026, 6, 3, 8, 0), '3 July 2026'],
    // A clock that was put back.
    [at(2026, 10, 25, 8, 0), 'just now'],
  ])('say how long ago %d was: %s', (then, words) => {
    expect(sinceInWords(then, now)).toBe(words);
  });

  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [2_140_000, '2.1 MB'],
    [48e6, '48 MB'],
    [3.2e9, '3.2 GB'],
  ])('say %d bytes: %s', (bytes, words) => {
    expect(bytesInWords(bytes)).toBe(words);
  });

  it('say what was left off', () => {
    const run = runSummary(training);
    expect(run).toEqual({ networks: 2, epoch: 6, epochs: 8 });
    expect(offerInWords({ run, savedAt: at(2026, 10, 23, 12) }, now)).toBe(
      'You left 2 networks at epoch 6 of 8, yesterday.',
    );
    expect(offerInWords({ run: null, savedAt: now - 120_000 }, now)).toBe(
      'You left other settings here, 2 minutes ago.',
    );
  });

  it('name files so that every system takes them', () => {
    expect(fileName('Fünfzig/moons: 50 × 0.01?')).toBe('fu-nfzig-moons-50-0-01.atlas.safetensors');
    expect(fileName('Con')).toBe('_con.atlas.safetensors');
    expect(fileName('…')).toBe('laboratory.atlas.safetensors');
    expect(fileName('x'.repeat(200)).length).toBeLessThan(90);
  });
});

describe('what the browser throws', () => {
  it.each([
    ['QuotaExceededError', 'full'],
    ['VersionError', 'newer'],
    ['SecurityError', 'unavailable'],
    ['UnknownError', 'other'],
  ])('%s is told as %s, in a sentence that says what to do', (name, problem) => {
    const error = keepErrorOf(new DOMException('x', name));
    expect(error.problem).toBe(problem);
    expect(error.message).toMatch(/^\p{Lu}.*: .*\.$/u);
  });

  it('stays what it was where it is told twice', () => {
    const error = new StorageError('gone');
    expect(keepErrorOf(error)).toBe(error);
    expect(keepErrorOf(undefined).problem).toBe('other');
  });
});
