// The search index of the same pages is the same bytes, and holds no interface but the page's own.
import { globSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeSearchIndex } from '../../../../src/site/integrations/search-index.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

const folder = temporaryFolder();
const page = (body: string) => `<!doctype html><html lang="en"><body>${body}</body></html>`;
beforeAll(async () => {
  const pages = {
    'index.html': page('<main>never found</main>'),
    'chapters/01-a/index.html': page(
      '<article data-pagefind-body><h1>A</h1><p>one</p><h2 id="s">S</h2><p>two</p></article>',
    ),
    'glossary/index.html': page(
      '<dl class="glossary"><div id="saddle"><dt>saddle</dt><dd>A pass.</dd></div></dl>',
    ),
  };
  for (const [path, html] of Object.entries(pages)) {
    await mkdir(join(folder.path, path, '..'), { recursive: true });
    await writeFile(join(folder.path, path), html);
  }
});
afterAll(() => folder.remove());

const written = () =>
  Object.fromEntries(
    globSync('pagefind/**/*.*', { cwd: folder.path })
      .sort()
      .map((file) => [file, readFileSync(join(folder.path, file)).toString('base64')]),
  );

test('twice indexed, twice the same', async () => {
  await writeSearchIndex(folder.path);
  const first = written();
  const bytes = await writeSearchIndex(folder.path);
  expect(written()).toEqual(first);
  expect(bytes).toBeGreaterThan(50_000);
  const names = Object.keys(first);
  expect(names).toContain('pagefind/pagefind.js');
  expect(names.filter((name) => /-ui|highlight/.test(name))).toEqual([]);
  // The chapter and the word; the page that marks no text is not among them.
  expect(names.filter((name) => name.endsWith('.pf_fragment'))).toHaveLength(2);
});

test('a folder without a site is refused in a sentence', async () => {
  const empty = temporaryFolder();
  await expect(writeSearchIndex(empty.path)).rejects.toThrow(
    /^The search index of .* could not be made: /,
  );
  empty.remove();
});
