import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { siteSettings } from '../../../../precompute/site/settings.ts';
import { siteSourceHash } from '../../../../precompute/site/source-hash.ts';
import { buildStamp } from '../../../../precompute/site/stamp-integration.ts';
import { isCurrent, readStamp, stampFile } from '../../../../precompute/site/stamp.ts';
import { temporaryFolder } from '../run-atlas.ts';
import { buildInto, serviceWorker, wanted, write } from './a-build.ts';

let folder = temporaryFolder();
let site = '';
beforeEach(async () => {
  folder = temporaryFolder();
  site = join(folder.path, 'dist');
  await buildInto(site, 'one');
});
afterEach(() => folder.remove());

describe('a built site', () => {
  it('is current where it was built from and for just this', async () => {
    expect(await isCurrent(site, wanted)).toBe(true);
  });

  it.each([
    ['under another path', { base: '/loss-atlas/' }],
    ['for another origin', { site: '' }],
    ['from other sources', { sources: 'abd' }],
  ])('is not current where it was built %s', async (_, change) => {
    expect(await isCurrent(site, { ...wanted, ...change })).toBe(false);
  });

  it.each<[string, () => unknown]>([
    ['has no stamp', () => rmSync(join(site, stampFile))],
    ['has half a stamp', () => writeFileSync(join(site, stampFile), '{"format":"loss-atlas')],
    ['lacks a file', () => rmSync(join(site, '_astro/page.abc.js'))],
    ['has half of a file', () => write(site, { 'index.html': '<!DOCTYPE' })],
    ['was made with options', () => buildInto(site, 'one', { options: ['--mode', 'staging'] })],
    [
      'has the service worker of another edition, of the same size',
      () => write(site, { 'service-worker.js': serviceWorker('0123abce') }),
    ],
    ['is not there', () => rmSync(site, { recursive: true })],
  ])('is not current where it %s', async (_, damage) => {
    await damage();
    expect(await isCurrent(site, wanted)).toBe(false);
  });
});

describe('the build’s own stamp', () => {
  const settings = { base: '/x/', site: '' };
  const outDir = () => pathToFileURL(`${site}/`);
  const {
    'astro:config:done': configured,
    'astro:build:start': begin,
    'astro:build:done': end,
  } = buildStamp(settings).hooks as Record<string, (facts: object) => Promise<void>>;

  it('goes before the build begins and comes when it has ended, whoever builds', async () => {
    await configured!({ config: { outDir: outDir() } });
    await begin!({});
    expect(await readStamp(site)).toBeNull();
    write(site, { 'index.html': 'two' });
    await end!({ dir: outDir() });
    const stamp = await readStamp(site);
    expect(stamp).toMatchObject({ ...settings, edition: '0123abcd' });
    expect(stamp!.sources).toBe(await siteSourceHash());
    expect(stamp!.files).toEqual([
      ['_astro/page.abc.js', 5],
      ['index.html', 3],
      ['service-worker.js', serviceWorker('0123abcd').length],
    ]);
  });
});

describe('the hash of the sources', () => {
  const sources = { 'src/a.ts': '1', 'public/data/fifty/manifest.json': '{}', 'package.json': '' };
  beforeEach(() => write(folder.path, sources));

  it('changes with a source, an artifact and a public file', async () => {
    const hashes = new Set([await siteSourceHash(folder.path)]);
    for (const path of ['src/a.ts', 'public/data/fifty/manifest.json', 'public/favicon.svg']) {
      write(folder.path, { [path]: 'other' });
      hashes.add(await siteSourceHash(folder.path));
    }
    expect(hashes.size).toBe(4);
  });

  it('does not change with what a computation keeps beside the artifacts while it works', async () => {
    const before = await siteSourceHash(folder.path);
    write(folder.path, {
      'public/data/.fifty.lock': '{}',
      'public/data/.fifty.abc.partial/manifest.json': '{}',
      'README.md': 'words',
    });
    expect(await siteSourceHash(folder.path)).toBe(before);
  });
});

describe('where the site will live', () => {
  it.each([
    [undefined, '/'],
    ['', '/'],
    ['/', '/'],
    ['/loss-atlas', '/loss-atlas/'],
    ['loss-atlas/', '/loss-atlas/'],
    ['/a/b/', '/a/b/'],
  ])('ATLAS_BASE=%s is the path %s', (ATLAS_BASE, base) => {
    expect(siteSettings({ ATLAS_BASE })).toEqual({ base, site: '' });
  });
});
