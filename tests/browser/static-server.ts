// Serves a built folder under a base path on a free local port, with or without isolation headers.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';

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
  { base = '/', isolated = false } = {},
): Promise<StaticServer> {
  const files = sirv(folder, { dev: true });
  const requested: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    requested.push(path);
    if (isolated) {
      for (const [name, value] of Object.entries(isolationHeaders)) response.setHeader(name, value);
    }
    const notFound = () => {
      response.statusCode = 404;
      response.end('not found');
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
