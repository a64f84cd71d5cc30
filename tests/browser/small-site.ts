// A small site out of the built one, for tests of how files are kept and not of which: every keeping of the whole takes seconds.
import { cpSync, globSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeServiceWorker } from '../../src/site/integrations/service-worker.ts';
import { sitePaths } from './site-paths.ts';

const pages = ['index.html', '404.html', 'glossary/index.html', 'references/index.html'];

/**
 * Imported by those pages once they are alive. What is missing here is not found there, and the tests that ask for alive
 * figures and no errors fail.
 */
const importedLater = [
  'atlas-fall',
  'controls-of',
  'figures',
  'load',
  'notice',
  'offline-status',
  'service-worker-client',
  'surface-lifecycle',
  'the-fall',
];

const others = [
  '_headers',
  'favicon.*',
  // Pictures of the title page.
  'fall/*',
  'pictures/*',
  // What its scene shows: its outline and display copy are kept at once, the whole tensors on use.
  'data/fifty/outline.json',
  'data/fifty/outline/landscape.json',
  'data/fifty/display/landscape.safetensors.gz',
  'data/fifty/landscape.safetensors',
  // The training engine.
  '_astro/ort.wasm.*',
  '_astro/ort-wasm-simd-threaded-*',
];

/**
 * Four pages with all that they use, the training engine, a part of the search index, and a service worker for these.
 * @param name of whoever uses it: no two test files share a folder.
 * @returns the folder.
 */
export async function makeSmallSite(name: string): Promise<string> {
  const folder = `tests/.output/small-site-${name}`;
  rmSync(folder, { recursive: true, force: true });
  for (const file of smallSiteFiles()) cpSync(join(sitePaths.folder, file), join(folder, file));
  await writeServiceWorker(folder);
  return folder;
}

function smallSiteFiles(): string[] {
  const cwd = sitePaths.folder;
  const found = (pattern: string): string[] => {
    const files = globSync(pattern, { cwd }).map((file) => file.replaceAll('\\', '/'));
    if (files.length === 0) throw new Error(`The built site has no '${pattern}'.`);
    return files.sort();
  };
  const later = importedLater.flatMap((name) => found(`_astro/${name}.*.js`));
  const [fragment] = found('pagefind/fragment/*') as [string];
  return [...withImports([...pages, ...later]), ...others.flatMap(found), fragment];
}

/** These files, and those of the bundle that they ask for before anything happens, and so on. */
function withImports(files: readonly string[]): Set<string> {
  const built = new Set(
    globSync('_astro/*', { cwd: sitePaths.folder }).map((file) => file.slice(7)),
  );
  const all = new Set(files);
  // A set is walked to its end, with what comes into it on the way.
  for (const file of all) {
    if (!/\.(html|css|js)$/.test(file)) continue;
    const text = readFileSync(join(sitePaths.folder, file), 'utf8');
    const mention = file.endsWith('.js')
      ? /(?:from|import)\s*["'`]\.\/([\w.-]+)["'`]/g
      : /_astro\/([\w.-]+)/g;
    for (const [, name] of text.matchAll(mention)) if (built.has(name!)) all.add(`_astro/${name}`);
  }
  return all;
}
