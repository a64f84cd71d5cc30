import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkListening, serveSite, type SiteServer } from '../../../../precompute/site/serve.ts';
import { projectRoot, temporaryFolder } from '../run-atlas.ts';
import { page, write } from './a-build.ts';

const folder = temporaryFolder();
const host = '127.0.0.1';
let server: SiteServer;
beforeAll(async () => {
  write(folder.path, {
    'dist/index.html': page('title'),
    'dist/404.html': page('Off the map'),
    'dist/chapters/01/index.html': page('chapter'),
    'dist/_astro/a@b,c.js': 'run()',
    'dist/notices.txt': '©',
    'dist/.stamp.json': '{"secret":1}',
    'secret.txt': 'secret',
  });
  server = await serveSite(join(folder.path, 'dist'), { host, port: 0, base: '/atlas/' });
});
afterAll(async () => {
  server.close();
  await server.closed;
  folder.remove();
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** As it stands: `fetch` would put the path in order first. */
function get(path: string, method = 'GET'): Promise<Answer> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, method, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text) => (body += text));
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body }),
      );
    })
      .on('error', reject)
      .end();
  });
}

describe('a served site', () => {
  it.each([
    ['/atlas/', 'title', 'text/html;charset=utf-8'],
    ['/atlas/?figure=1#x', 'title', 'text/html;charset=utf-8'],
    ['/atlas/chapters/01/', 'chapter', 'text/html;charset=utf-8'],
    ['/atlas/chapters/01', 'chapter', 'text/html;charset=utf-8'],
    ['/atlas/_astro/a@b,c.js', 'run()', 'text/javascript'],
    ['/atlas/notices.txt', '©', 'text/plain; charset=utf-8'],
  ])('answers %s, isolated', async (path, words, type) => {
    const { status, headers, body } = await get(path);
    expect([status, headers['content-type']]).toEqual([200, type]);
    expect(body).toContain(words);
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
  });

  it('leads from its path without a slash to its path, and answers nothing outside', async () => {
    const { status, headers } = await get('/atlas?figure=1');
    expect([status, headers['location']]).toEqual([301, '/atlas/?figure=1']);
    const outside = await get('/');
    expect([outside.status, outside.body]).toEqual([404, 'The site is served under /atlas/.']);
  });

  it.each([
    '/atlas/nowhere',
    '/atlas/chapters/nowhere/',
    '/atlas/.stamp.json',
    '/atlas//etc/passwd',
  ])('answers %s with the page for it, and 404', async (path) => {
    const { status, headers, body } = await get(path);
    expect([status, headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    expect(body).toBe(page('Off the map'));
  });

  it.each([
    '/%',
    '/%E0%A4%A',
    '/atlas/%E0%A4%A',
    '/atlas/%00',
    '/atlas/../secret.txt',
    '/atlas/%2e%2e/secret.txt',
    '/atlas/..%2fsecret.txt',
    '/atlas/%2e%2e%2fsecret.txt',
    '/atlas/..%5csecret.txt',
    '/atlas/%2fetc/passwd',
  ])('answers the malformed %s with 400, and tells nothing of the machine', async (path) => {
    const { status, body } = await get(path);
    expect([status, body]).toEqual([400, 'This address is malformed.']);
  });

  it.each([
    `/atlas/${'a'.repeat(9000)}`,
    `/atlas/${'a/'.repeat(4000)}`,
    '/atlas/a%0Db',
    '/atlas/%25',
  ])('answers an odd address without a word of its own folder (%#)', async (path) => {
    const { status, body } = await get(path);
    expect(status).toBe(404);
    expect(body).not.toContain(folder.path);
    expect(body).not.toContain(projectRoot);
  });

  it('takes no other method', async () => {
    const { status, headers } = await get('/atlas/', 'POST');
    expect([status, headers['allow']]).toEqual([405, 'GET, HEAD']);
  });

  it('answers from the folder that is there now, since a new build takes its place', async () => {
    write(folder.path, { 'dist/new.html': page('new') });
    expect((await get('/atlas/new.html')).status).toBe(200);
  });
});

describe('a port that cannot be had', () => {
  it('is told in one sentence, which says what to do', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, host, resolve));
    const { port } = other.address() as AddressInfo;
    const sentence = `port ${port} is taken by another program: end it, or take another port with \`npm start -- --port 8080\``;
    await expect(serveSite('.', { host, port, base: '/' })).rejects.toThrow(sentence);
    await expect(checkListening({ host, port, base: '/' })).rejects.toThrow(sentence);
    await new Promise((resolve) => other.close(resolve));
    await checkListening({ host, port, base: '/' });
  });

  it('is told so where the address is not of this machine', async () => {
    await expect(checkListening({ host: '203.0.113.7', port: 8123, base: '/' })).rejects.toThrow(
      '203.0.113.7 is not an address of this machine',
    );
  });
});
