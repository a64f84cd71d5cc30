// Serves a built site under its base path on this machine, as a careful host would: isolated, with 404.html, and with nothing to tell about the machine.
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import sirv from 'sirv';
import { CommandError, systemReason } from '../command-error.ts';
import { readAddress } from './request-address.ts';

export interface ServeOptions {
  readonly port: number;
  /** Name or address to listen on. */
  readonly host: string;
  /** With a slash at both ends. */
  readonly base: string;
}

export interface SiteServer {
  /** Address of the site, to be shown. */
  readonly url: string;
  /** Resolves when it has been closed. */
  readonly closed: Promise<void>;
  close(): void;
}

/** WebAssembly's threads need them. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** @throws CommandError where it cannot listen there. */
export async function serveSite(folder: string, options: ServeOptions): Promise<SiteServer> {
  const { host, port, base } = options;
  const answer = answering(folder, base);
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => fail(response));
  });
  await listen(server, options);
  const closed = new Promise<void>((resolve) => server.once('close', resolve));
  const shownHost = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host;
  const shownPath = base === '/' ? '' : base;
  const bound = (server.address() as AddressInfo | null)?.port ?? port;
  return {
    url: `http://${shownHost.includes(':') ? `[${shownHost}]` : shownHost}:${bound}${shownPath}`,
    closed,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Whether one could listen there, at this moment: to say so before work that takes minutes. */
export async function checkListening(options: ServeOptions): Promise<void> {
  const server = createServer();
  await listen(server, options);
  await new Promise((resolve) => server.close(resolve));
}

async function listen(server: Server, { host, port }: ServeOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const refuse = (error: Error) => reject(new CommandError(whyNotListening(error, host, port)));
    server.once('error', refuse);
    server.listen(port, host, () => {
      // Later ones (too many open files) pass, and the next request is served.
      server.off('error', refuse).on('error', () => {});
      resolve();
    });
  });
}

function whyNotListening(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `port ${port} is taken by another program: end it, or take another port with \`npm start -- --port 8080\``;
    case 'EACCES':
      return `port ${port} needs rights that this user does not have: take one above 1023 with \`npm start -- --port 8080\``;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${host} is not an address of this machine: expected after --host are localhost, 0.0.0.0 or one of its own`;
    default:
      return `cannot listen on ${host}, port ${port}: ${systemReason(error)}`;
  }
}

function answering(folder: string, base: string) {
  // Reads the folder at every request, since a new build takes its place as a whole.
  const files = sirv(folder, { dev: true, etag: true, setHeaders: nameTheEncoding });
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(isolation)) response.setHeader(name, value);
    endWithReader(response);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return endWith(response, 405, `The method ${request.method} is of no use here.`);
    }
    const address = readAddress(request.url ?? '');
    if (address === null) return endWith(response, 400, 'This address is malformed.');
    if (`${address.path}/` === base) return redirect(response, base + address.search);
    if (!address.path.startsWith(base)) {
      return endWith(response, 404, `The site is served under ${base}.`);
    }
    const notFound = async (): Promise<void> => {
      const page = await readFile(join(folder, '404.html'), 'utf8').catch(() => 'Not found.');
      endWith(response, 404, page, 'text/html');
    };
    if (address.isHidden) return notFound();
    request.url = `/${encoded(address.path.slice(base.length))}`;
    await new Promise<void>((resolve, reject) => {
      response.once('close', resolve);
      files(request, response, () => void notFound().then(resolve, reject));
    });
  };
}

/** As sirv decodes it. */
const encoded = (path: string): string => encodeURI(path).replace(/[?#]/g, encodeURIComponent);

/** sirv leaves it open how a text is encoded. */
function nameTheEncoding(response: ServerResponse, path: string): void {
  if (path.endsWith('.txt')) response.setHeader('Content-Type', 'text/plain; charset=utf-8');
}

/** A file may go while it is sent, when a new build takes its place; and its reader may go. */
function endWithReader(response: ServerResponse): void {
  response.on('pipe', (source) => {
    source.on('error', () => response.destroy());
    response.on('close', () => (source as Partial<{ destroy(): void }>).destroy?.());
  });
}

function endWith(
  response: ServerResponse,
  status: number,
  text: string,
  type = 'text/plain',
): void {
  response.statusCode = status;
  response.setHeader('Content-Type', `${type}; charset=utf-8`);
  response.end(text);
}

function redirect(response: ServerResponse, to: string): void {
  response.setHeader('Location', to);
  endWith(response, 301, '');
}

function fail(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else endWith(response, 500, 'This file could not be read.');
}
