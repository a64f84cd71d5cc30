// Writes the search index (Pagefind) beside the built pages: the articles' text alone, in files that only a search fetches.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { parseHTML } from 'linkedom';
import { close, createIndex, type PagefindIndex } from 'pagefind';

/** Inside an article, what is not its text: pictures, controls, lists that other pages hold. */
const notText = [
  '.about-picture > summary',
  '.about-part:not(.about-reading)',
  '.about-name',
  '.figure-table',
  '.static-drawing',
  '.live-drawing',
  '.scrolly-controls',
  '.step-link',
  '.note-mark',
  '.term-definition',
  '.chapter-number',
  '.chapter-stopped',
  '.chapter-references',
  '.chapter-ways',
  '.reference-links',
  'annotation',
  'button:not(.term-word)',
  'form',
  'noscript',
  'script',
  'style',
  'svg',
];

/** Pagefind brings its own user interfaces; the page has one already. */
const ownInterface = /^pagefind-(ui|modular-ui|component-ui|highlight)\./;

export function searchIndex(): AstroIntegration {
  return {
    name: 'search-index',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const folder = fileURLToPath(dir);
        const bytes = await writeSearchIndex(folder);
        logger.info(`${Math.round(bytes / 1000)} KB, fetched in parts by who searches`);
      },
    },
  };
}

/**
 * Indexes every page in `folder` that marks its text with data-pagefind-body, and every word of the glossary. Returns
 * the bytes written.
 */
export async function writeSearchIndex(folder: string): Promise<number> {
  try {
    const { index, errors } = await createIndex({ excludeSelectors: notText });
    if (!index) throw new Error(errors.join(' '));
    const { errors: unread } = await index.addDirectory({ path: folder });
    if (unread.length > 0) throw new Error(unread.join(' '));
    await addGlossary(index, folder);
    const output = join(folder, 'pagefind');
    await rm(output, { recursive: true, force: true });
    let bytes = 0;
    for (const { path, content } of (await index.getFiles()).files) {
      if (ownInterface.test(path)) continue;
      await mkdir(dirname(join(output, path)), { recursive: true });
      await writeFile(join(output, path), content);
      bytes += content.byteLength;
    }
    return bytes;
  } catch (error) {
    throw new Error(
      `The search index of ${folder} could not be made: ${(error as Error).message}`,
      { cause: error },
    );
  } finally {
    await close();
  }
}

/** Each word is a place of its own, which no heading says. */
async function addGlossary(index: PagefindIndex, folder: string): Promise<void> {
  const { document } = parseHTML(await readFile(join(folder, 'glossary', 'index.html'), 'utf8'));
  for (const entry of document.querySelectorAll('.glossary > [id]')) {
    const section = entry.querySelector('dt')?.textContent.trim() ?? entry.id;
    const { errors } = await index.addCustomRecord({
      url: `/glossary/#${entry.id}`,
      content: `${section}: ${entry.querySelector('dd')?.textContent.trim() ?? ''}`,
      language: 'en',
      meta: { label: 'Glossary', section, title: section },
    });
    if (errors.length > 0) throw new Error(errors.join(' '));
  }
}
