import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recoverFolder, writeFolderAtomically } from '../../../precompute/replace-folder.ts';
import { temporaryFolder } from './run-atlas.ts';

let folder = temporaryFolder();
let target = '';
beforeEach(() => {
  folder = temporaryFolder();
  target = join(folder.path, 'run');
});
afterEach(() => folder.remove());

const text = (name: string) => readFileSync(join(target, name), 'utf8');
const tensors = ['weights.safetensors', 'display/curves.safetensors.gz'];

/** An artifact's files as the folder's writer gets them; the manifest comes last. */
const artifact = (content: string, paths = tensors) =>
  new Map([
    ...paths.map((path) => [path, content] as const),
    [
      'manifest.json',
      JSON.stringify({
        format: 'loss-atlas-run',
        schemaVersion: 1,
        files: paths.map((path) => ({ path })),
      }),
    ] as const,
  ]);
const write = (content: string, paths?: string[]) =>
  writeFolderAtomically(target, artifact(content, paths));

/** Everything below the folder of this test, with the first letters of what is in it. */
const everything = () =>
  readdirSync(folder.path, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.path.length + 1))
    .sort();

function put(path: string, content = 'mine') {
  mkdirSync(dirname(join(folder.path, path)), { recursive: true });
  writeFileSync(join(folder.path, path), content);
}

describe('writeFolderAtomically', () => {
  it('writes a folder with folders in it, and leaves nothing beside', async () => {
    await write('one');
    expect([text('weights.safetensors'), text('display/curves.safetensors.gz')]).toEqual([
      'one',
      'one',
    ]);
    expect(readdirSync(folder.path)).toEqual(['run']);
  });

  it('replaces the whole artifact: files that the new one has not are gone', async () => {
    await write('old');
    await write('new', ['landscape.safetensors']);
    expect(everything()).toEqual(['run/landscape.safetensors', 'run/manifest.json']);
  });

  it('replaces an artifact of another version, an empty folder, and what a file manager left', async () => {
    await write('old');
    writeFileSync(join(target, 'manifest.json'), text('manifest.json').replace(':1,', ':99,'));
    put('run/.DS_Store');
    put('run/display/Thumbs.db');
    await write('new');
    expect(text('weights.safetensors')).toBe('new');
    expect(readdirSync(folder.path)).toEqual(['run']);
  });

  const manifestOf = (fields: object) => JSON.stringify({ name: 'x', version: '1.0', ...fields });
  it.each<[string, Readonly<Record<string, string>>]>([
    [
      'a browser extension',
      { 'manifest.json': manifestOf({ manifest_version: 3 }), 'main.js': '1' },
    ],
    ['a folder without a manifest', { 'thesis.tex': 'x' }],
    ['a manifest that is no JSON', { 'manifest.json': '{"format": "loss-atlas-run"' }],
    [
      'a manifest of another format',
      { 'manifest.json': manifestOf({ format: 'loss-atlas-other' }) },
    ],
    [
      'a manifest that names files elsewhere',
      { 'manifest.json': manifestOf({ format: 'loss-atlas-run', files: [{ path: '../x' }] }) },
    ],
    ['a folder in a folder', { 'deep/er/notes.txt': 'x' }],
  ])('refuses to replace %s, and touches nothing', async (_, files) => {
    for (const [path, content] of Object.entries(files)) put(`run/${path}`, content);
    const before = everything();
    await expect(write('new')).rejects.toThrow(
      /run holds files that are not an artifact of Loss Atlas \(.*\), and nothing was touched: move it away or choose another folder with --out$/,
    );
    expect(everything()).toEqual(before);
    for (const [path, content] of Object.entries(files)) expect(text(path)).toBe(content);
  });

  it.each(['notes.txt', 'display/notes.txt', 'mine/weights.safetensors', 'other.safetensors'])(
    'refuses to replace an artifact with %s of somebody’s in it',
    async (path) => {
      await write('old');
      put(`run/${path}`);
      await expect(write('new')).rejects.toThrow(
        `run holds ${path}, which is no part of its artifact, and nothing was touched`,
      );
      expect([text(path), text('weights.safetensors')]).toEqual(['mine', 'old']);
      expect(readdirSync(folder.path)).toEqual(['run']);
    },
  );

  it('refuses to replace an artifact with an empty folder of somebody’s in it', async () => {
    await write('old');
    mkdirSync(join(target, 'plans'));
    await expect(write('new')).rejects.toThrow('holds plans, which is no part');
  });

  it('refuses to replace a file or a link', async () => {
    put('run');
    await expect(write('new')).rejects.toThrow(
      /run is a file where the folder of an artifact goes/,
    );
    target = join(folder.path, 'linked');
    put('elsewhere/thesis.tex');
    symlinkSync(join(folder.path, 'elsewhere'), target);
    await expect(write('new')).rejects.toThrow(/linked is a link where/);
    expect(readdirSync(folder.path).sort()).toEqual(['elsewhere', 'linked', 'run']);
    expect(readdirSync(join(folder.path, 'elsewhere'))).toEqual(['thesis.tex']);
  });

  it('leaves the old folder as it was when stopped half way', async () => {
    await write('old');
    const stop = new AbortController();
    const files = artifact('new');
    // The second file is asked for when the first is on the disk.
    const entries = [...files];
    files[Symbol.iterator] = function* () {
      yield entries[0]!;
      stop.abort(new Error('stopped'));
      yield entries[1]!;
    } as (typeof files)[typeof Symbol.iterator];
    const written = writeFolderAtomically(target, files, { signal: stop.signal });
    await expect(written).rejects.toThrow('stopped');
    expect(readdirSync(folder.path)).toEqual(['run']);
    expect(text('weights.safetensors')).toBe('old');
  });

  it('leaves the old folder where another process has taken the lock', async () => {
    await write('old');
    put('.run.abc123abc123.partial/weights.safetensors', 'of the other process');
    const confirm = () => Promise.reject(new Error('taken'));
    await expect(writeFolderAtomically(target, artifact('new'), { confirm })).rejects.toThrow();
    expect(text('weights.safetensors')).toBe('old');
    expect(readdirSync(folder.path).sort()).toEqual(['.run.abc123abc123.partial', 'run']);
    expect(readdirSync(join(folder.path, '.run.abc123abc123.partial'))).toHaveLength(1);
  });

  it('says what hinders it, and what to do', async () => {
    put('file');
    target = join(folder.path, 'file', 'run');
    await expect(write('new')).rejects.toThrow(
      /cannot write .*file\/run: a part of the path is not a folder; choose another folder with --out/,
    );
  });
});

describe('recoverFolder', () => {
  const [of, killed] = ['.run', 'abc123abc123'];

  it('puts back the folder of a writer that was killed between its two renames', async () => {
    for (const [path, content] of artifact('old')) put(`${of}.${killed}.replaced/${path}`, content);
    put(`${of}.${killed}.partial/weights.safetensors`);
    await recoverFolder(target);
    expect(text('weights.safetensors')).toBe('old');
    expect(readdirSync(folder.path)).toEqual(['run']);
  });

  it('removes what killed writers left, of this version and the one before', async () => {
    await write('new');
    for (const [path, content] of artifact('old')) put(`${of}.4711.replaced/${path}`, content);
    put(`${of}.4711.partial/display/curves.safetensors.gz`);
    mkdirSync(join(folder.path, `${of}.4711.partial/results`));
    await recoverFolder(target);
    expect(readdirSync(folder.path)).toEqual(['run']);
    expect(text('weights.safetensors')).toBe('new');
  });

  it('removes what was left by one that was killed while it removed the old folder', async () => {
    await write('new');
    for (const [path, content] of artifact('old')) put(`${of}.${killed}.replaced/${path}`, content);
    // Files come before their folders, and what tells whose they are comes last.
    for (const path of tensors) rmSync(join(folder.path, `${of}.${killed}.replaced`, path));
    await recoverFolder(target);
    expect(readdirSync(folder.path)).toEqual(['run']);
  });

  it('removes nothing of other targets, of processes at work, or of other people', async () => {
    await write('new');
    const others = [
      '.other.4711.partial/weights.safetensors',
      '.run.keep/weights.safetensors',
      `${of}.${killed}.partial/thesis.tex`,
      `${of}.${killed}.replaced/thesis.tex`,
    ];
    for (const path of others) put(path);
    put(`${of}.${killed}.partial/weights.safetensors`);
    await recoverFolder(target);
    for (const path of others) expect(existsSync(join(folder.path, path)), path).toBe(true);
    expect(existsSync(join(folder.path, `${of}.${killed}.partial/weights.safetensors`))).toBe(
      false,
    );
  });
});
