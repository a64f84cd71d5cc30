// What hosts read: rules that never speak of one header twice, and files that every host takes.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  everywhere,
  headerRules,
  packLargeFiles,
  writeRules,
} from '../../../../src/site/integrations/host-files.ts';
import { downloadBytes } from '../../../../src/engine/runtime/download.ts';
import { headersFor, parseHeadersFile } from '../../../browser/headers-file.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

describe.each(['/', '/atlas/', '/atlas'])('under the base %s', (base) => {
  const rules = parseHeadersFile(writeRules(headerRules(base)));
  const root = base.replace(/\/*$/, '/');
  const cache = (path: string) => headersFor(rules, root + path).get('cache-control');

  test('every path has the isolation and security headers, once each', () => {
    for (const path of ['', '_astro/x.abc.js', 'chapters/01-a/', 'data/fifty/manifest.json', 'x']) {
      const headers = headersFor(rules, root + path);
      for (const [name, value] of Object.entries(everywhere)) {
        expect(headers.get(name.toLowerCase()), `${name} on ${path}`).toBe(value);
      }
    }
  });

  test('hashed files are kept for ever, pages and data are asked for again', () => {
    for (const path of ['_astro/page.D5D0fo7z.js', 'pagefind/fragment/en_35a3a6e.pf_fragment']) {
      expect(cache(path)).toBe('public, max-age=31536000, immutable');
    }
    for (const path of [
      '',
      'service-worker.js',
      'chapters/12-method/',
      'data/fifty/manifest.json',
    ]) {
      expect(cache(path)).toBe('public, max-age=0, must-revalidate');
    }
  });

  test('nothing outside the base is spoken of', () => {
    for (const { path } of rules) expect(path.startsWith(root)).toBe(true);
  });
});

describe('files too large for a host', () => {
  const folder = temporaryFolder();
  beforeAll(async () => {
    await mkdir(join(folder.path, '_astro'));
  });
  afterAll(() => folder.remove());

  const plain = new Uint8Array(5000).map((_, index) => index % 7);
  const file = (name: string) => join(folder.path, '_astro', name);
  const addressOf = async (name: string) =>
    `data:application/wasm;base64,${(await readFile(file(name))).toString('base64')}`;

  test('are packed, and the page gets back every byte', async () => {
    await writeFile(file('large.wasm'), plain);
    expect(await packLargeFiles(folder.path, 4000)).toHaveLength(1);
    expect((await readFile(file('large.wasm'))).byteLength).toBeLessThan(1000);
    expect(await downloadBytes(await addressOf('large.wasm'))).toEqual(plain);
  });

  test('files that fit are left alone, and come as they are', async () => {
    await writeFile(file('small.wasm'), plain.slice(0, 100));
    await packLargeFiles(folder.path, 4000);
    expect(await downloadBytes(await addressOf('small.wasm'))).toEqual(plain.slice(0, 100));
  });
});
