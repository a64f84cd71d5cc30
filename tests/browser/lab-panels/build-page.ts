// Builds the page of the board by itself with Vite, so that its test needs no other part of the laboratory.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'vite';

const folder = 'tests/.output/lab-panels';
const source = 'tests/browser/lab-panels';

/** @returns the folder to serve. */
export async function buildBoardPage(): Promise<string> {
  // The markup is the component's own, without its front matter and the panels that it makes at build time.
  const markup = readFileSync('src/components/laboratory/LabPanels.astro', 'utf8')
    .split('---')[2]!
    .replace(/\{awaited[\s\S]*?\n {4}\)\)\}/, '');
  const root = `${folder}-source`;
  mkdirSync(root, { recursive: true });
  writeFileSync(
    `${root}/index.html`,
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Board</title></head><body><main style="padding:16px"><atlas-lab>${markup}</atlas-lab></main><script type="module" src="/page.ts"></script></body></html>`,
  );
  writeFileSync(`${root}/page.ts`, `import '../../../${source}/page.ts';\n`);
  rmSync(folder, { recursive: true, force: true });
  await build({
    root,
    base: './',
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    worker: { format: 'es' },
    optimizeDeps: { exclude: ['onnxruntime-web'] },
    build: { outDir: `../lab-panels`, emptyOutDir: true, target: 'es2023', minify: false },
  });
  cpSync('public/data/fifty', `${folder}/data/fifty`, { recursive: true });
  return folder;
}
