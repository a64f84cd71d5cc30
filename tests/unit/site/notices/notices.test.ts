// Which package a module is from, and where its licence stands, on small packages.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { licenceTexts } from '../../../../src/site/notices/licence-text.ts';
import {
  packageFolderOf,
  readPackage,
  ShippedPackages,
} from '../../../../src/site/notices/shipped-packages.ts';
import { writeNotices } from '../../../../src/site/notices/third-party-notices.ts';
import { temporaryFolder, type TemporaryFolder } from '../../../fixtures/temporary-folder.ts';

let temporary: TemporaryFolder;
let root = '';
beforeEach(() => {
  temporary = temporaryFolder();
  root = temporary.path;
});
afterEach(() => temporary.remove());

/** Its folder. */
function install(name: string, files: Readonly<Record<string, string>> = {}): string {
  const folder = join(root, 'node_modules', name);
  const description = JSON.stringify({ name, version: '1.2.3', license: 'MIT' });
  for (const [path, content] of Object.entries({ 'package.json': description, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

describe('a module is of the package', () => {
  it('whose folder it is in, however deep, and whatever the bundler adds to its name', () => {
    const a = install('a');
    const scoped = install('@scope/b', { 'esm/package.json': '{"type":"module"}' });
    const inner = install('a/node_modules/c');
    expect(packageFolderOf(join(a, 'lib/deep/index.js'))).toBe(a);
    expect(packageFolderOf(`\0${join(a, 'index.js')}?commonjs-es-import`)).toBe(a);
    expect(packageFolderOf(join(scoped, 'esm/index.js'))).toBe(scoped);
    expect(packageFolderOf(join(inner, 'index.js'))).toBe(inner);
  });

  it('of the bundler for what it adds itself, and of none for what is ours', () => {
    expect(packageFolderOf('\0vite/preload-helper.js')).toBe(resolve('node_modules/vite'));
    expect(packageFolderOf(join(root, 'src/main.ts'))).toBeNull();
    expect(packageFolderOf('\0virtual:ours')).toBeNull();
  });
});

it('packages of bundles that were thrown away are not shipped', () => {
  const [kept, gone] = [install('kept'), install('gone')];
  const packages = new ShippedPackages();
  const chunk = (fileName: string, folder: string) => ({
    type: 'chunk',
    fileName,
    moduleIds: [join(folder, 'index.js')],
  });
  const hear = packages.plugin().generateBundle as unknown as (o: null, bundle: object) => void;
  hear(null, { a: chunk('_astro/page.js', kept) });
  hear(null, { b: chunk('server.mjs', gone) });
  const asset = { type: 'asset', fileName: '_astro/font.woff2', originalFileNames: [] };
  hear(null, { c: asset });
  mkdirSync(join(root, 'dist/_astro'), { recursive: true });
  for (const name of ['page.js', 'font.woff2']) writeFileSync(join(root, 'dist/_astro', name), '');
  expect(packages.in(join(root, 'dist')).map(({ name }) => name)).toEqual(['kept']);
});

describe('a licence is read from', () => {
  const of = (name: string, files: Readonly<Record<string, string>>) =>
    licenceTexts(readPackage(install(name, files)));

  it.each<[string, Readonly<Record<string, string>>, string[]]>([
    ['its file', { 'LICENSE.md': 'the text\r\n' }, ['the text']],
    ['British files', { LICENCE: 'the text' }, ['the text']],
    ['a notice beside it', { LICENSE: 'the text', NOTICE: 'by us' }, ['the text', 'by us']],
    ['a folder', { 'LICENSE/LICENSE': 'one', 'LICENSE/LICENSE-parts': 'two' }, ['one', 'two']],
    ['the readme', { 'README.md': '# a\n\n## License\n\nthe text\n\n## Use\n\nx' }, ['the text']],
    ['the readme’s end', { 'readme.md': '# a\n\n#### LICENSE\n\nthe text\n' }, ['the text']],
    ['nowhere', { 'README.md': '# a' }, []],
  ])('%s', (_, files, texts) => expect(of('a', files)).toEqual(texts));

  it('its first part, where those of the bundler’s own parts follow', () => {
    const text = 'core\n\n# Licenses of bundled dependencies\nand more';
    expect(of('vite', { 'LICENSE.md': text })).toEqual(['core']);
  });
});

it('packages of one text stand together, and those without are named', () => {
  const packages = [
    install('b', { LICENSE: 'same' }),
    install('a', { LICENSE: 'same\n' }),
    install('c', { LICENSE: 'other' }),
    install('d'),
  ].map(readPackage);
  const { text, silent } = writeNotices([...packages, packages[0]!]);
  expect(text).toContain('\na 1.2.3 (MIT)\nb 1.2.3 (MIT)\n\nsame\n');
  expect(text).toContain('\nc 1.2.3 (MIT)\n\nother\n');
  expect(silent).toEqual(['d']);
});
