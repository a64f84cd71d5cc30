import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  recoverFolder,
  writeFileAtomically,
  writeFolderAtomically,
} from '../../../precompute/atomic-write.ts';
import { temporaryFolder } from './run-atlas.ts';

let folder = temporaryFolder();
let target = '';
beforeEach(() => {
  folder = temporaryFolder();
  target = join(folder.path, 'run');
});
afterEach(() => folder.remove());

/** No process has this number: Linux ends at 2^22. */
const deadProcess = 99_999_999;
const text = (name: string) => readFileSync(join(target, name), 'utf8');

describe('writeFolderAtomically', () => {
  it('writes a folder with folders in it, and leaves nothing beside', async () => {
    await writeFolderAtomically(
      target,
      new Map([
        ['a', 'one'],
        ['b/c', 'two'],
      ]),
    );
    expect([text('a'), text('b/c')]).toEqual(['one', 'two']);
    expect(readdirSync(folder.path)).toEqual(['run']);
  });

  it('replaces the whole: what the old folder held is gone', async () => {
    await writeFolderAtomically(target, new Map([['old', '1']]));
    await writeFolderAtomically(target, new Map([['new', '2']]));
    expect(readdirSync(target)).toEqual(['new']);
    expect(readdirSync(folder.path)).toEqual(['run']);
  });

  it('leaves the old folder as it was when stopped half way', async () => {
    await writeFolderAtomically(target, new Map([['a', 'old']]));
    const stop = new AbortController();
    const files = new Map<string, string>();
    // The second file is asked for when the first is on the disk.
    const halfWay = {
      *[Symbol.iterator]() {
        yield ['a', 'new'];
        stop.abort(new Error('stopped'));
        yield ['b', 'new'];
      },
    };
    Object.assign(files, { [Symbol.iterator]: () => halfWay[Symbol.iterator]() });
    await expect(writeFolderAtomically(target, files, stop.signal)).rejects.toThrow('stopped');
    expect(readdirSync(folder.path)).toEqual(['run']);
    expect(text('a')).toBe('old');
  });

  it('says what hinders it, and what to do', async () => {
    writeFileSync(join(folder.path, 'file'), '');
    const below = join(folder.path, 'file', 'run');
    await expect(writeFolderAtomically(below, new Map([['a', '1']]))).rejects.toThrow(
      /cannot write .*file\/run: a part of the path is not a folder; choose another folder with --out/,
    );
  });
});

describe('recoverFolder', () => {
  it('puts back the folder of a writer that was killed between its two renames', async () => {
    mkdirSync(join(folder.path, `.run.${deadProcess}.replaced`));
    mkdirSync(join(folder.path, `.run.${deadProcess}.partial`));
    await recoverFolder(target);
    expect(readdirSync(folder.path)).toEqual(['run']);
  });

  it('removes what killed writers left, and nobody else’s folders', async () => {
    mkdirSync(target);
    const mine = [`.run.${deadProcess}.replaced`, `.run.${deadProcess}.partial`];
    const others = [`.other.${deadProcess}.partial`, '.run.keep', `.run.${process.ppid}.partial`];
    for (const name of [...mine, ...others]) mkdirSync(join(folder.path, name));
    await recoverFolder(target);
    expect(readdirSync(folder.path).sort()).toEqual([...others, 'run'].sort());
  });
});

describe('writeFileAtomically', () => {
  it('writes a file whole and leaves nothing beside', async () => {
    await writeFileAtomically(target, 'one');
    await writeFileAtomically(target, Uint8Array.of(116, 119, 111));
    expect(readFileSync(target, 'utf8')).toBe('two');
    expect(readdirSync(folder.path)).toEqual(['run']);
    expect(existsSync(`${target}.${process.pid}.partial`)).toBe(false);
  });
});
