// A file of the reader's is read whole or, where it is too large, not at all, with a sentence that says what to do.
import { describe, expect, it } from 'vitest';
import { openFile } from '../../../src/laboratory/storage/experiment-downloads.ts';
import { readTable } from '../../../src/laboratory/retrain/retrain-form.ts';
import { bytesOfFile, FileError, tableBound } from '../../../src/elements/read-file.ts';

/** A file that says it is so large, and notes whether it is read. */
class Large extends File {
  isRead = false;
  readonly #size: number;

  constructor(name: string, size: number) {
    super(['a,b\n1,2\n'], name);
    this.#size = size;
  }

  override get size(): number {
    return this.#size;
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    this.isRead = true;
    return super.arrayBuffer();
  }

  override text(): Promise<string> {
    this.isRead = true;
    return super.text();
  }
}

describe('a file that the reader chose', () => {
  it('is read where it is no larger than it may be', async () => {
    const bytes = await bytesOfFile(new File(['a,b\n'], 'a.csv'), tableBound);
    expect(new TextDecoder().decode(bytes)).toBe('a,b\n');
  });

  it('is not read where it is larger', async () => {
    const file = new Large('flowers.csv', 600e6);
    await expect(bytesOfFile(file, tableBound)).rejects.toThrow(
      'flowers.csv has 600 MB: expected at most 128; keep a random part of its rows.',
    );
    expect(file.isRead).toBe(false);
  });

  it('and that is gone, is said to be', async () => {
    const gone = new File(['a'], 'gone.csv');
    gone.arrayBuffer = () => Promise.reject(new DOMException('', 'NotReadableError'));
    await expect(bytesOfFile(gone, tableBound)).rejects.toThrow(FileError);
    await expect(bytesOfFile(gone, tableBound)).rejects.toThrow(/^gone\.csv cannot be read: .*\.$/);
  });
});

it('the settings of a training in the text read no table that is too large', async () => {
  const file = new Large('flowers.csv', 600e6);
  expect(await readTable(file)).toEqual({
    problem: 'flowers.csv has 600 MB: expected at most 128; keep a random part of its rows.',
  });
  expect(file.isRead).toBe(false);
});

describe('a saved experiment', () => {
  it('is not read where it is larger than any', async () => {
    const file = new Large('run.atlas.safetensors', 3e9);
    await expect(openFile(file)).rejects.toThrow(
      'run.atlas.safetensors has 3000 MB: expected at most 2000; choose a file that was saved here',
    );
    expect(file.isRead).toBe(false);
  });

  it('is not read to its end where its head shows that it is none', async () => {
    const file = new Large('film.mp4', 1e9);
    await expect(openFile(file)).rejects.toThrow(/^film\.mp4 holds no experiment/);
    expect(file.isRead).toBe(false);
  });
});
