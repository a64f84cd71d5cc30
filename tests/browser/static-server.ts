// Serves a built folder under a base path on a free local port: plainly, with isolation headers, or as a host does.
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import sirv from 'sirv';
import { readAddress } from '../../precompute/site/request-address.ts';
import { headersFor, parseHeadersFile } from './headers-file.ts';

export interface StaticServer {
  /** Address of the base path, with a slash at its end. */
  readonly url: string;
  /** Paths requested so far, in order. */
  readonly requested: readonly string[];
  close(): Promise<void>;
}

/** Cross-origin isolation: what a page needs for WebAssembly threads. */
const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export async function serveFolder(
  folder: string,
  // `asHost` obeys the folder's `_headers` and answers with its 404.html, as Netlify and Cloudflare Pages do.
  {
    base = '/',
    isolated = false,
    asHost = false,
    // Answers a path itself, or lets it go on by false.
    intercept = (_path: string, _response: ServerResponse): boolean | Promise<boolean> => false,
  } = {},
): Promise<StaticServer> {
  const files = sirv(folder, { dev: true });
  const headersFile = join(folder, '_headers');
  const rules =
    asHost && existsSync(headersFile) ? parseHeadersFile(readFileSync(headersFile, 'utf8')) : [];
  const requested: string[] = [];
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    requested.push(path);
    if (await intercept(path, response)) return;
    if (isolated) {
      for (const [name, value] of Object.entries(isolationHeaders)) response.setHeader(name, value);
    }
    const address = readAddress(path);
    if (address === null) {
      response.statusCode = 400;
      response.end('This address is malformed.');
      return;
    }
    for (const [name, value] of headersFor(rules, address.path)) response.setHeader(name, value);
    const notFound = (): void => {
      response.statusCode = 404;
      if (asHost) response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end(asHost ? readFileSync(join(folder, '404.html')) : 'not found');
    };
    if (!path.startsWith(base)) return notFound();
    request.url = `/${path.slice(base.length)}`;
    files(request, response, notFound);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${base}`,
    requested,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
