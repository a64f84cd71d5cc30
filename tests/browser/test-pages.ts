// Small pages that show a part of the sources by itself: each is built by Vite once, for all test files, and again where a source has changed.
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { build } from 'vite';
import { hashFiles } from '../../precompute/source-hash.ts';
import { readOutline, readResultData, readStudy } from '../../src/site/readers/artifacts.ts';

/** Folders below `test-pages`. */
export type TestPage = 'computing' | 'training' | 'keeping' | 'panels' | 'filming';

const built = 'tests/.output/test-pages';
/** More than any of them needs, so that none is ever old. */
const sources = ['src', 'tests/browser', 'tests/unit/laboratory', 'package-lock.json'];
const artifact = 'data/fifty';

/** @returns the folder to serve. */
export async function buildTestPage(name: TestPage): Promise<string> {
  const ofArtifact = name === 'panels' ? [join('public', artifact)] : [];
  const hash = await hashFiles(
    resolve('.'),
    [...sources, ...ofArtifact],
    ['tests/browser/pictures'],
  );
  const folder = join(built, `${name}-${hash.slice(0, 16)}`);
  if (await isThere(folder)) return folder;
  // Of two that build the same at the same time, one finds the other's in its place.
  const unfinished = `${folder}.${process.pid}`;
  const root = join('tests/browser/test-pages', name);
  const source = name === 'panels' ? await writeMarkup(root, `${unfinished}.source`) : root;
  await build({
    root: source,
    base: './',
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    worker: { format: 'es' },
    optimizeDeps: { exclude: ['onnxruntime-web'] },
    build: { outDir: resolve(unfinished), emptyOutDir: true, target: 'es2023' },
  });
  if (ofArtifact.length > 0) await copyArtifact(join(unfinished, artifact));
  await rename(unfinished, folder).catch(async (error: unknown) => {
    if (!(await isThere(folder))) throw error;
  });
  await removeOthers(name, folder);
  return folder;
}

/** As the built site serves it: with the outlines that pages read. */
async function copyArtifact(folder: string): Promise<void> {
  const name = basename(folder);
  await cp(join('public', artifact), folder, { recursive: true });
  const outline = await readOutline(name);
  await writeFile(join(folder, 'outline.json'), JSON.stringify(outline));
  await mkdir(join(folder, 'outline'));
  const { results } = await readStudy(name, 'for a test page');
  for (const analysis of Object.keys(results)) {
    const data = JSON.stringify(await readResultData(name, analysis));
    await writeFile(join(folder, 'outline', `${analysis}.json`), data);
  }
}

/** A page around the board, whose markup is the component's own, without front matter and the panels that it makes at build time. */
async function writeMarkup(root: string, folder: string): Promise<string> {
  const component = await readFile('src/components/laboratory/LabPanels.astro', 'utf8');
  const markup = component.split('---')[2]!.replace(/\{awaited[\s\S]*?\n {4}\)\)\}/, '');
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'index.html'),
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Board</title></head><body><main style="padding:16px"><atlas-lab>${markup}</atlas-lab></main><script type="module" src="/page.ts"></script></body></html>`,
  );
  await writeFile(
    join(folder, 'page.ts'),
    `import ${JSON.stringify(resolve(root, 'page.ts').replaceAll('\\', '/'))};\n`,
  );
  return folder;
}

const isThere = async (folder: string): Promise<boolean> =>
  (await readdir(folder).catch((): string[] => [])).includes('index.html');

/** What earlier sources were built into, and what was left unfinished or is not needed any more. */
async function removeOthers(name: TestPage, current: string): Promise<void> {
  for (const entry of await readdir(built)) {
    const folder = join(built, entry);
    const isOwn = entry.startsWith(`${name}-`) && folder !== current;
    // Another process may still be at its own.
    const isUnderWay =
      folder.startsWith(`${current}.`) && !folder.startsWith(`${current}.${process.pid}`);
    if (isOwn && !isUnderWay) await rm(folder, { recursive: true, force: true });
  }
}
