// Makes the built folder ready for hosts: `_headers` for those that read it, and no file larger than they take.
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { AstroIntegration } from 'astro';

/** Cloudflare Pages takes no larger file; others take more. */
export const largestFile = 25 * 1024 * 1024;

export interface HeaderRule {
  /** From the origin's root; `*` stands for any rest. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Threads of WebAssembly need an isolated page; the rest narrows what a page may do and who may show it. */
export const everywhere = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy':
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  // The pages' own policy stands in their heads, where this directive has no effect.
  'Content-Security-Policy': "frame-ancestors 'self'",
} as const;

const forEver = { 'Cache-Control': 'public, max-age=31536000, immutable' };
const askAgain = { 'Cache-Control': 'public, max-age=0, must-revalidate' };

/**
 * The rules for a site under `base`. No two of them set one header on one path, since Netlify and Cloudflare then
 * join the values, and a joined Cache-Control means nothing.
 */
export function headerRules(base: string): HeaderRule[] {
  const root = base.replace(/\/*$/, '/');
  const rule = (path: string, headers: HeaderRule['headers']) => ({ path: root + path, headers });
  return [
    rule('*', everywhere),
    // Names with a hash of the content.
    ...['_astro/*', 'pagefind/fragment/*', 'pagefind/index/*'].map((path) => rule(path, forEver)),
    // Pages, and what they fetch by a name that stays.
    ...[
      '',
      'index.html',
      '404.html',
      'service-worker.js',
      'chapters/*',
      'glossary/*',
      'references/*',
      'data/*',
    ].map((path) => rule(path, askAgain)),
    ...['pagefind/pagefind.js', 'pagefind/pagefind-entry.json'].map((path) => rule(path, askAgain)),
  ];
}

export const writeRules = (rules: readonly HeaderRule[]): string =>
  rules
    .map(({ path, headers }) =>
      [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`), ''].join(
        '\n',
      ),
    )
    .join('\n');

export function hostFiles(base: string): AstroIntegration {
  return {
    name: 'host-files',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const folder = fileURLToPath(dir);
        await writeFile(join(folder, '_headers'), writeRules(headerRules(base)));
        for (const sentence of await packLargeFiles(folder)) logger.info(sentence);
      },
    },
  };
}

/** Gzips in place each WebAssembly file that is too large for a host; `downloadBytes` unpacks it in the page. */
export async function packLargeFiles(folder: string, largest = largestFile): Promise<string[]> {
  const packed: string[] = [];
  for (const name of await readdir(join(folder, '_astro')).catch(() => [])) {
    const file = join(folder, '_astro', name);
    const { size } = await stat(file);
    if (!name.endsWith('.wasm') || size <= largest) continue;
    const bytes = await promisify(gzip)(await readFile(file), { level: 9 });
    await writeFile(file, bytes);
    packed.push(`${name}: ${megabytes(size)} MB packed into ${megabytes(bytes.byteLength)} MB`);
  }
  return packed;
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
