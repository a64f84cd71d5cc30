// What becomes of each file of a built site: kept, kept on use, or left to the network; and how an edition is told from another.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { readEdition } from '../../../src/site/integrations/service-worker.ts';
import {
  addressOf,
  bytesOf,
  isNamedByContent,
  isWebAssemblyRuntime,
  isPage,
  keepingOf,
  revisionOf,
} from '../../../src/offline/edition.ts';

describe('a file of the built site', () => {
  it.each([
    'index.html',
    '404.html',
    'chapters/12-method/index.html',
    '_astro/Page.abc123.css',
    '_astro/training.worker-Bx1.js',
    '_astro/source-serif-4.woff2',
    'favicon.ico',
    'icon-192.png',
    'manifest.webmanifest',
    'third-party-notices.txt',
    'pagefind/pagefind.js',
    'pagefind/wasm.en.pagefind',
    'pagefind/fragment/en_1.pf_fragment',
    'datasets/digits.csv.gz',
    'data/fifty/outline.json',
    'data/fifty/display/curves.safetensors.gz',
    'data/fifty/outline/slices.json',
    'data/fifty/display/slices.safetensors.gz',
  ])('%s is kept, since a page asks for it', (path) => expect(keepingOf(path)).toBe('kept'));

  it.each([
    '_astro/ort-wasm-simd-threaded-D1.wasm',
    '_astro/ort-wasm-simd-threaded.jspi-D1.mjs',
    '_astro/ort.wasm.bundle.min-B3.js',
    'data/fifty/landscape.safetensors',
    'data/fifty/ends.safetensors',
  ])('%s is kept once it is used', (path) => expect(keepingOf(path)).toBe('on use'));

  it.each([
    'service-worker.js',
    '_headers',
    '.nojekyll',
    '.loss-atlas-build.json',
    'robots.txt',
    'sitemap-index.xml',
    'cards/index.png',
    'datasets/digits.README.md',
    'data/fifty/experiment.json',
    'data/fifty/manifest.json',
    'data/fifty/results/slices.safetensors',
    'data/fifty/results/slices.json',
    'pagefind/wasm.unknown.pagefind',
  ])('%s is left to the network', (path) => expect(keepingOf(path)).toBe('never'));
});

it('pages are known by their folders', () => {
  expect(addressOf('index.html')).toBe('');
  expect(addressOf('glossary/index.html')).toBe('glossary/');
  expect(addressOf('404.html')).toBe('404.html');
  expect(addressOf('my-index.html')).toBe('my-index.html');
});

it('names tell the content where Vite and Pagefind chose them', () => {
  expect(isNamedByContent('_astro/a.B1.js')).toBe(true);
  expect(isNamedByContent('pagefind/index/en_1.pf_index')).toBe(true);
  expect(isNamedByContent('pagefind/pagefind.js')).toBe(false);
  expect(isNamedByContent('data/fifty/manifest.json')).toBe(false);
});

it('a kept file is known by its content, unless its name tells it', () => {
  const file = (path: string) => ({ path, integrity: 'sha256-a', bytes: 1 });
  expect(revisionOf(file('glossary/'))).toBe('sha256-a');
  expect(revisionOf(file('_astro/a.B1.js'))).toBeNull();
});

it('a page is what a host may rewrite', () => {
  const paths = ['', 'glossary/', '404.html', '_astro/a.B1.js', 'data/x/manifest.json'];
  const pages = paths.filter((path) => isPage({ path, integrity: 'sha256-a', bytes: 1 }));
  expect(pages).toEqual(['', 'glossary/', '404.html']);
});

it('the engine for WebAssembly is its binary and the scripts beside it', () => {
  const names = [
    'ort-wasm-simd-threaded-D1.wasm',
    'ort-wasm-simd-threaded-D1.mjs',
    'ort.wasm.bundle.min-B3.js',
    'ort-wasm-simd-threaded.jspi-D1.wasm',
    'ort-wasm-simd-threaded.asyncify-D1.mjs',
    'ort.webgpu.bundle.min-B3.js',
    'Page.B3.js',
  ];
  const isPart = names.map((name) =>
    isWebAssemblyRuntime({ path: `_astro/${name}`, integrity: 'sha256-', bytes: 1 }),
  );
  expect(isPart).toEqual([true, true, true, false, false, false, false]);
});

describe('the edition of a folder', () => {
  let folder = '';
  beforeEach(() => {
    const { path, remove } = temporaryFolder();
    folder = path;
    return remove;
  });
  const digestOf = (content: string): string =>
    `sha256-${createHash('sha256').update(content).digest('base64')}`;
  const write = (files: Record<string, string | Buffer>): void => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  };

  it('lists files with their size and the checksum that a browser would compute', async () => {
    write({
      'glossary/index.html': '<p>words</p>',
      '_astro/a.B1.js': 'run()',
      'data/x/landscape.safetensors': 'tensors',
      _headers: '/*',
    });
    const { kept, onUse } = await readEdition(folder);
    expect(kept).toEqual([
      { path: '_astro/a.B1.js', integrity: digestOf('run()'), bytes: 5 },
      { path: 'glossary/', integrity: digestOf('<p>words</p>'), bytes: 12 },
    ]);
    expect(onUse.map(({ path }) => path)).toEqual(['data/x/landscape.safetensors']);
    expect(bytesOf(kept)).toBe(17);
  });

  it('knows what a gzipped file holds too, since some hosts unzip on the way', async () => {
    const zipped = gzipSync('numbers');
    write({ 'data/x/display/curves.safetensors.gz': zipped });
    const [file] = (await readEdition(folder)).kept;
    const stored = `sha256-${createHash('sha256').update(zipped).digest('base64')}`;
    expect(file?.integrity).toBe(`${stored} ${digestOf('numbers')}`);
    expect(revisionOf(file!)).toBe(stored);
  });

  it('has a version that changes with any file that pages use, and with no other', async () => {
    write({ 'index.html': 'one', 'data/x/landscape.safetensors': 'tensors', 'robots.txt': 'a' });
    const versionNow = async () => (await readEdition(folder)).version;
    const first = await versionNow();
    write({ 'robots.txt': 'b' });
    expect(await versionNow()).toBe(first);
    write({ 'index.html': 'two' });
    const second = await versionNow();
    expect(second).not.toBe(first);
    write({ 'data/x/landscape.safetensors': 'others' });
    expect(await versionNow()).not.toBe(second);
  });
});
