// The built site as a good host serves it: text compressed, hashed files kept for ever.
import { readFileSync, globSync, writeFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { spawnSync } from 'node:child_process';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import sirv from 'sirv';

export interface HostedSite {
  readonly url: string;
  readonly folder: string;
  /** Paths of all chapters, in reading order. */
  readonly chapters: readonly string[];
  close(): Promise<void>;
}

const folder = 'tests/.output/bench-article';
const text = '**/*.{html,css,js,mjs,svg,json,txt,xml}';

/** Bytes of a file as they travel. */
export function transferred(file: string): number {
  const isText = /\.(html|css|m?js|svg|json|txt|xml)$/.test(file);
  return isText ? gzipSync(readFileSync(file)).length : readFileSync(file).length;
}

function build(): void {
  rmSync(folder, { recursive: true, force: true });
  const { status } = spawnSync('astro', ['build', '--outDir', folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ATLAS_BASE: '/', ATLAS_SITE: 'https://example.org' },
  });
  if (status !== 0) throw new Error(`The site could not be built: astro ended with ${status}.`);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };
  for (const file of globSync(text, { cwd: folder })) {
    const bytes = readFileSync(`${folder}/${file}`);
    writeFileSync(`${folder}/${file}.br`, brotliCompressSync(bytes, { params }));
    writeFileSync(`${folder}/${file}.gz`, gzipSync(bytes));
  }
}

export async function hostArticle(): Promise<HostedSite> {
  build();
  const files = sirv(folder, {
    brotli: true,
    gzip: true,
    etag: true,
    setHeaders(response, path) {
      const isHashed = path.includes('/_astro/');
      response.setHeader(
        'Cache-Control',
        isHashed ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
      );
    },
  });
  const server = createServer((request, response) => files(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    folder,
    chapters: globSync('chapters/*/index.html', { cwd: folder })
      .map((file) => file.replace(/index\.html$/, ''))
      .sort(),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
