// Writes `service-worker.js` beside the built pages: our worker, bundled, with the list of this edition's files before it.
import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { AstroIntegration } from 'astro';
import { build, type Rolldown } from 'vite';
import {
  addressOf,
  bytesOf,
  keepingOf,
  type Edition,
  type EditionFile,
} from '../../offline/edition.ts';

/** Comes last: what other integrations write into the folder is part of the edition. */
export function serviceWorker(): AstroIntegration {
  return {
    name: 'service-worker',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const edition = await writeServiceWorker(fileURLToPath(dir));
        const [kept, onUse] = [edition.kept, edition.onUse].map(
          (files) => `${files.length} files, ${(bytesOf(files) / 1e6).toFixed(1)} MB`,
        );
        logger.info(`edition ${edition.version}: ${kept} kept; ${onUse} kept on use`);
      },
    },
  };
}

export async function writeServiceWorker(folder: string): Promise<Edition> {
  const edition = await readEdition(folder);
  const { code } = await bundledServiceWorker();
  await writeFile(
    join(folder, 'service-worker.js'),
    `self.atlasEdition=${JSON.stringify(edition)};\n${code}`,
  );
  return edition;
}

/** The files of the built folder, in the order of their names. */
export async function readEdition(folder: string): Promise<Edition> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  const kept: EditionFile[] = [];
  const onUse: EditionFile[] = [];
  for (const path of paths) {
    const keeping = keepingOf(path);
    if (keeping === 'never') continue;
    const content = await readFile(join(folder, path));
    (keeping === 'kept' ? kept : onUse).push({
      path: addressOf(path),
      integrity: integrityOf(content),
      bytes: content.byteLength,
    });
  }
  const version = createHash('sha256')
    .update(JSON.stringify([kept, onUse]))
    .digest('hex')
    .slice(0, 16);
  return { version, kept, onUse };
}

/** Also of what a host may unzip on the way. */
function integrityOf(content: Buffer): string {
  const isZipped = content[0] === 0x1f && content[1] === 0x8b;
  const forms = isZipped ? [content, gunzipSync(content)] : [content];
  return forms
    .map((bytes) => `sha256-${createHash('sha256').update(bytes).digest('base64')}`)
    .join(' ');
}

export interface BundledWorker {
  readonly code: string;
  /** Ids of the modules in it. */
  readonly modules: readonly string[];
}

/** Our worker without its list; made once. */
export const bundledServiceWorker = (): Promise<BundledWorker> => (bundled ??= bundleWorker());
let bundled: Promise<BundledWorker> | null = null;

async function bundleWorker(): Promise<BundledWorker> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: fileURLToPath(new URL('../../offline/service-worker.ts', import.meta.url)),
        output: { format: 'iife', codeSplitting: false },
      },
    },
  });
  const { output } = (Array.isArray(result) ? result[0] : result) as Rolldown.RolldownOutput;
  return { code: output[0].code, modules: output[0].moduleIds };
}
