// The zip of an export, opened by another unzipper, holds every file as it would be saved alone.
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { bundle, zipped } from '../../../../src/artifact/exports/bundle.ts';
import { exportedFiles } from '../../../../src/artifact/exports/export-files.ts';
import { readme } from '../../../../src/artifact/exports/readme.ts';
import { trainedRun } from './trained-run.ts';

const csv = `a,b,kind\n${Array.from({ length: 20 }, (_, i) => `${i},${i * i},${i % 2}`).join('\n')}\n`;
const run = await trainedRun(
  { data: { kind: 'csv', path: 'up/curves.csv' }, epochs: 3, snapshots: 2, grid: { size: 4 } },
  { csv },
);
const together = (parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

describe('the zip', () => {
  it('holds every file, and a README that names them all', async () => {
    const shares: number[] = [];
    const parts = await bundle(run, {
      network: 1,
      folder: 'it',
      address: 'https://example.org/lab',
      onProgress: (share) => shares.push(share),
    });
    const files = unzipSync(together(parts));
    const text = new TextDecoder().decode(files['it/README.txt']);
    for (const { name, make } of exportedFiles(run, 1)) {
      const content = make()!;
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      expect(files[`it/${name}`], name).toEqual(bytes);
      expect(text).toContain(`  ${name}\n`);
    }
    expect(Object.keys(files)).toHaveLength(exportedFiles(run, 1).length + 1);
    expect(text).toContain('https://example.org/lab');
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });

  it('has the reader’s file under a name that is not taken, and settings that read it', () => {
    const files = new Map(exportedFiles(run, 0).map(({ name, make }) => [name, make]));
    expect(files.get('data-curves.csv')?.()).toBe(csv);
    expect(JSON.parse(files.get('experiment.json')?.() as string)).toMatchObject({
      data: { kind: 'csv', path: 'data-curves.csv' },
    });
  });

  it('is whole where a file takes many pieces', async () => {
    const large = Uint8Array.from({ length: 3 * 2 ** 20 + 17 }, (_, i) => (i * 7) % 251);
    const parts = await zipped(
      [
        { name: 'a.safetensors', make: () => large },
        { name: 'b.csv', make: () => large },
        { name: 'none', make: () => null },
        { name: 'empty.txt', make: () => '' },
      ],
      { folder: 'x' },
    );
    const files = unzipSync(together(parts));
    expect(Object.keys(files)).toEqual(['x/a.safetensors', 'x/b.csv', 'x/empty.txt']);
    expect(files['x/a.safetensors']).toEqual(large);
    expect(files['x/b.csv']).toEqual(large);
  });

  it('has no two files that are one somewhere, and no name that some system refuses', async () => {
    const named = ['README.txt', 'readme.txt', 'con.csv', 'a?.csv'];
    const parts = await zipped(
      named.map((name) => ({ name, make: () => name })),
      { folder: 'aux' },
    );
    expect(Object.keys(unzipSync(together(parts)))).toEqual([
      '_aux/README.txt',
      '_aux/readme-2.txt',
      '_aux/_con.csv',
      '_aux/a-.csv',
    ]);
  });

  it('has one README, whatever the reader’s table is called', async () => {
    const data = { kind: 'csv', path: 'README.txt', header: 'auto' } as const;
    const called = { ...run, experiment: { ...run.experiment, data } };
    const parts = await bundle(called, { network: 0, folder: 'it', address: null });
    const files = unzipSync(together(parts));
    const names = Object.keys(files).filter((name) => /readme/i.test(name));
    expect(names.sort()).toEqual(['it/README.txt', 'it/data-README.txt']);
    expect(new TextDecoder().decode(files['it/README.txt'])).toContain('  data-README.txt\n');
    expect(new TextDecoder().decode(files['it/experiment.json'])).toContain('"data-README.txt"');
  });

  it('ends where the reader ends it', async () => {
    const stop = new AbortController();
    const made = zipped(
      ['a', 'b', 'c'].map((name) => ({ name, make: () => name })),
      {
        folder: 'x',
        signal: stop.signal,
        onProgress: (_, file) => file === 'b' && stop.abort(new Error('enough')),
      },
    );
    await expect(made).rejects.toThrow('enough');
  });
});

it('the README keeps to a screen’s width and says how far the run came', () => {
  const text = readme(run, 2, null);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(text).toContain('Trained to the end, 3 steps.');
  expect(text.replace(/\s+/g, ' ')).toContain('hold network 2.');
});
