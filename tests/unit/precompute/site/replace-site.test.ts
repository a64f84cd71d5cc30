// A site's folder at every moment: whole, ours, and built by one process at a time. The builds are small; the replacing is real.
import { spawn } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replaceSite, type Replacement } from '../../../../precompute/site/replace-site.ts';
import { isCurrent, stampFile } from '../../../../precompute/site/stamp.ts';
import { projectRoot, temporaryFolder } from '../run-atlas.ts';
import { buildInto, page, serviceWorker, wanted, write } from './a-build.ts';

let folder = temporaryFolder();
let target = '';
let heard: string[] = [];
let stop = new AbortController();
beforeEach(() => {
  folder = temporaryFolder();
  target = join(folder.path, 'dist');
  heard = [];
  stop = new AbortController();
});
afterEach(() => folder.remove());

const replace = (words: string, more: Partial<Replacement> = {}) =>
  replaceSite(target, {
    build: (into) => buildInto(into, words),
    signal: stop.signal,
    onWait: (sentence) => heard.push(sentence),
    ...more,
  });
const shown = () => readFileSync(join(target, 'index.html'), 'utf8').replace(/.*<p>/, '');
const names = () => readdirSync(folder.path).sort();

describe('a new build', () => {
  it('takes the place of the old one as a whole, and leaves nothing beside', async () => {
    const build = async (into: string) => {
      write(into, { 'of-the-old.html': '' });
      await buildInto(into, 'one');
    };
    expect(await replace('one', { build })).toBe('built');
    write(target, { '.DS_Store': 'x' });
    expect(await replace('two')).toBe('built');
    expect(shown()).toBe('two');
    expect(readdirSync(target).sort()).toEqual([
      stampFile,
      '_astro',
      'index.html',
      'service-worker.js',
    ]);
    expect(names()).toEqual(['dist']);
    expect(await isCurrent(target, wanted)).toBe(true);
  });

  it.each(['CNAME', 'notes/to-self.txt', '.git/HEAD'])(
    'takes nothing away with %s of somebody’s in it',
    async (path) => {
      await replace('one');
      write(target, { [path]: 'mine' });
      await expect(replace('two')).rejects.toThrow(
        `dist holds ${path}, which no build has put there, and nothing was touched: move it away (what belongs to the site goes into public/)`,
      );
      expect([shown(), readFileSync(join(target, path), 'utf8')]).toEqual(['one', 'mine']);
      expect(names()).toEqual(['dist']);
    },
  );

  it('mends what was left by one that was killed while it cleaned up', async () => {
    await replace('one');
    for (const name of ['.dist.replaced', '.dist.partial/site']) {
      await buildInto(join(folder.path, name), 'left');
      // As `rm` may have come to it: pages gone, folders still there, what tells whose it is for the last.
      rmSync(join(folder.path, name, 'index.html'));
    }
    write(join(folder.path, '.dist.partial'), { 'unfinished-build-of-loss-atlas.txt': '' });
    await replace('two');
    expect(shown()).toBe('two');
    expect(names()).toEqual(['dist']);
  });

  it('is made only where the old one will not do', async () => {
    await replace('one');
    expect(await replace('two', { isCurrent: (at) => isCurrent(at, wanted) })).toBe('current');
    expect(shown()).toBe('one');
  });

  it('follows a link to the folder, and leaves the link', async () => {
    await replaceSite(join(folder.path, 'elsewhere'), {
      build: (into) => buildInto(into, 'one'),
      signal: stop.signal,
      onWait: () => {},
    });
    symlinkSync(join(folder.path, 'elsewhere'), target);
    await replace('two');
    expect(shown()).toBe('two');
    expect(lstatSync(target).isSymbolicLink()).toBe(true);
  });
});

describe('the old build stays as it was', () => {
  beforeEach(() => replace('one'));
  afterEach(() => {
    expect(shown()).toBe('one');
    expect(names()).toEqual(['dist']);
  });

  it('while and after the new one fails', async () => {
    const build = async (into: string) => {
      await buildInto(into, 'two');
      expect(shown()).toBe('one');
      throw new Error('no more disk');
    };
    await expect(replace('two', { build })).rejects.toThrow('no more disk');
  });

  it('where the new one has no stamp, or not all of its files', async () => {
    const sentence =
      /^the build left no whole site in .*, and .*dist was not touched: build again$/;
    const without = async (into: string) => write(into, { 'index.html': page('two') });
    await expect(replace('two', { build: without })).rejects.toThrow(sentence);
    const half = async (into: string) => {
      await buildInto(into, 'two');
      write(into, { 'index.html': '<!DOC' });
    };
    await expect(replace('two', { build: half })).rejects.toThrow(sentence);
  });

  it('where the build is interrupted', async () => {
    const build = async (into: string) => {
      await buildInto(into, 'two');
      stop.abort(new Error('stopped'));
    };
    await expect(replace('two', { build })).rejects.toThrow('stopped');
  });
});

/** Another process that builds for ever, into the same target; resolves when it is half-way. */
async function buildsForEver(): Promise<{ kill: () => Promise<void> }> {
  const from = (path: string) => pathToFileURL(join(projectRoot, path)).href;
  const program = `
    import { replaceSite } from '${from('precompute/site/replace-site.ts')}';
    import { write } from '${from('tests/unit/precompute/site/a-build.ts')}';
    const build = async (into) => {
      write(into, { 'index.html': 'half' });
      process.stdout.write('half-way');
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    };
    await replaceSite('${target}', { build, signal: new AbortController().signal, onWait() {} });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program]);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return {
    kill: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}

describe('a build that was killed outright', () => {
  it('has left the old one whole, and is cleaned up by the next', async () => {
    await replace('one');
    const other = await buildsForEver();
    await other.kill();
    expect(shown()).toBe('one');
    expect(await isCurrent(target, wanted)).toBe(true);
    expect(names()).toEqual(['.dist.lock', '.dist.partial', 'dist']);
    await replace('two');
    expect(shown()).toBe('two');
    expect(names()).toEqual(['dist']);
  });

  it('between the two renames is undone', async () => {
    await replace('one');
    renameSync(target, join(folder.path, '.dist.replaced'));
    expect(await replace('two', { isCurrent: (at) => isCurrent(at, wanted) })).toBe('current');
    expect(shown()).toBe('one');
    expect(names()).toEqual(['dist']);
  });

  it('behind them leaves the new one, and the old one goes', async () => {
    await replace('one');
    await buildInto(join(folder.path, '.dist.replaced'), 'older');
    expect(await replace('two', { isCurrent: (at) => isCurrent(at, wanted) })).toBe('current');
    expect(shown()).toBe('one');
    expect(names()).toEqual(['dist']);
  });
});

describe('while another process builds', () => {
  it('one waits in words, and can stop waiting', async () => {
    const other = await buildsForEver();
    const waiting = replace('two');
    await expect.poll(() => heard.length).toBe(1);
    expect(heard[0]).toMatch(
      /^waiting for process \d+ on \S+, which has been building the site into .*dist since .* \(Ctrl-C stops waiting/,
    );
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
    await other.kill();
  });

  it('what it has built need not be built again', async () => {
    let builds = 0;
    const start = () =>
      replace('one', {
        isCurrent: (at) => isCurrent(at, wanted),
        build: async (into) => {
          builds++;
          await new Promise((resolve) => setTimeout(resolve, 50));
          await buildInto(into, 'one');
        },
      });
    expect((await Promise.all([start(), start()])).sort()).toEqual(['built', 'current']);
    expect(builds).toBe(1);
  });
});

describe('nothing but a build of ours is replaced:', () => {
  const untouched = async (path: string, files: Record<string, string>, sentence: RegExp) => {
    write(join(folder.path, path), files);
    await expect(replace('one')).rejects.toThrow(sentence);
    for (const [name, content] of Object.entries(files)) {
      expect(readFileSync(join(folder.path, path, name), 'utf8')).toBe(content);
    }
  };

  it.each<[string, Record<string, string>]>([
    ['notes', { 'notes.md': 'mine' }],
    ['another project’s pages', { 'index.html': '<title>Mine</title>', '.nojekyll': '' }],
    ['another project’s service worker', { 'service-worker.js': 'self.edition={};' }],
    ['data', { 'data/mine.csv': '1,2' }],
  ])('a folder with %s is refused in a sentence', async (_, files) => {
    await untouched(
      'dist',
      files,
      /dist holds files that are not a build of this site, and nothing was touched: move it away, or build elsewhere with `npm run build -- --outDir FOLDER`$/,
    );
  });

  it('a file is refused', async () => {
    writeFileSync(target, 'mine');
    await expect(replace('one')).rejects.toThrow(/dist is not a folder: move it away/);
    expect(readFileSync(target, 'utf8')).toBe('mine');
  });

  it('so is a folder of somebody’s where the build would be made, or the old one put', async () => {
    const mine = { 'notes.md': 'mine' };
    await untouched('.dist.partial', mine, /\.dist\.partial holds files .* nothing was touched/);
    renameSync(join(folder.path, '.dist.partial'), join(folder.path, '.dist.replaced'));
    await untouched('.dist.replaced', mine, /\.dist\.replaced holds files .* nothing was touched/);
  });

  it.each<[string, Record<string, string>]>([
    ['by its service worker', { 'service-worker.js': serviceWorker('12ab') }],
    ['by its pages', { '404.html': page('Off the map'), 'index.html': page('old') }],
    ['of a later version', { [stampFile]: '{"format":"loss-atlas-build","version":9}' }],
  ])('what could be a build of ours %s, but lists no files, is refused', async (_, files) => {
    await untouched(
      'dist',
      { ...files, 'thesis/ch1.tex': 'mine' },
      /dist holds .* and nothing was touched/,
    );
  });

  it('a folder with nothing but a file manager’s notes gives way', async () => {
    write(target, { '.DS_Store': '' });
    await replace('one');
    expect(shown()).toBe('one');
    expect(names()).toEqual(['dist']);
  });

  it('an empty folder gives way', async () => {
    mkdirSync(target);
    await replace('one');
    expect(existsSync(join(target, stampFile))).toBe(true);
  });
});
