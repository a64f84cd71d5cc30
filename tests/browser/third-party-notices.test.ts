// The notices of the built site: nothing is shipped whose licence is not passed on.
import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { builtPages } from './site.ts';
import { sitePaths } from './site-paths.ts';

const pages = builtPages();
const notices = readFileSync(`${sitePaths.folder}/third-party-notices.txt`, 'utf8');
/** As the notices name them: `three 0.187.0 (MIT)`. */
const named = new Map(
  [...notices.matchAll(/^((?:@[\w.-]+\/)?[\w.-]+) (\d+\.\d+\.\d+\S*) \(\S.*\)$/gm)].map(
    ([, name, version]) => [name, version] as const,
  ),
);

/** What runs in Node alone, or is of types alone. */
const notShipped = new Set(['onnxruntime-node', 'onnxruntime-common']);

const importPattern =
  /(?:^(?:import|export|\}).* from |await import\(|=> import\()'((?:@[^/']+\/)?[^./'][^/']*)/gm;

it('name every package that the code of the pages, workers and service worker imports', () => {
  const layers =
    '{elements,laboratory,layouts,worker,figures,engine,learning,landscape,artifact,offline}';
  const imported = globSync(`src/${layers}/**/*.ts`).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(importPattern)]
      .map(([, name]) => name!)
      .filter((name) => !name.startsWith('node:') && !notShipped.has(name)),
  );
  expect(imported.length).toBeGreaterThan(50);
  const unnamed = [...new Set(imported)].filter(
    // d3 is a package of packages.
    (name) => !(name === 'd3' ? named.has('d3-array') : named.has(name)),
  );
  expect(unnamed).toEqual([]);
});

it('name what the bundler packs besides: what packages need, fonts, the search', () => {
  for (const name of ['ml-levenberg-marquardt', '@fontsource/source-serif-4', 'pagefind', 'vite']) {
    expect(named.has(name), name).toBe(true);
  }
});

it('name no package of the build, and give the installed versions', () => {
  for (const name of ['astro', 'sharp', 'katex', 'linkedom', 'typescript']) {
    expect(named.has(name), name).toBe(false);
  }
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { version: string }>;
  };
  const installed = Object.entries(packages).map(
    ([path, { version }]) => `${path.split('node_modules/').at(-1)} ${version}`,
  );
  for (const [name, version] of named) expect(installed).toContain(`${name} ${version}`);
});

it('give every licence in full, that of the fonts too', () => {
  expect(notices).not.toContain('without the text of its licence');
  expect(notices).toContain('SIL OPEN FONT LICENSE Version 1.1');
  expect(notices).toContain('Reserved Font Name');
  expect(notices).toMatch(
    /onnxruntime-web \S+ \(MIT\)\n\nMIT License\n\nCopyright \(c\) Microsoft/,
  );
  // Every name is followed by a text, and not by the next rule.
  for (const section of notices.split(/\n-{80}\n/).slice(1)) {
    expect(section.trim().length, section.slice(0, 80)).toBeGreaterThan(400);
  }
});

it.each(pages)('are a link away from /%s', (path) => {
  const html = readFileSync(
    `${sitePaths.folder}/${path.endsWith('.html') ? path : `${path}index.html`}`,
    'utf8',
  );
  expect(html).toMatch(/<a href="[^"]*\/third-party-notices\.txt"[^>]*>Licences<\/a>/);
});
