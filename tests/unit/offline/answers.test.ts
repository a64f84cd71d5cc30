// Addresses are led to kept files as hosts lead them, and responses get the headers that a host lacks and no others.
import { describe, expect, it } from 'vitest';
import { asFolder, candidates, isPageAddress } from '../../../src/offline/addresses.ts';
import { isolated } from '../../../src/offline/isolation.ts';

describe('an address', () => {
  it('of a page’s file means its folder too', () => {
    expect([...candidates('')]).toEqual(['']);
    expect([...candidates('index.html')]).toEqual(['index.html', '']);
    expect([...candidates('glossary/index.html')]).toEqual(['glossary/index.html', 'glossary/']);
    expect([...candidates('my-index.html')]).toEqual(['my-index.html']);
  });

  it('without a slash may be a folder, unless it names a file', () => {
    expect(asFolder('chapters/12-method')).toBe('chapters/12-method/');
    expect(asFolder('chapters/12-method/')).toBeNull();
    expect(asFolder('')).toBeNull();
    expect(asFolder('references.bib')).toBeNull();
  });

  it('of a file is no page', () => {
    expect(['nowhere', 'no/where/', 'old.html', ''].map(isPageAddress)).toEqual(
      Array(4).fill(true),
    );
    expect(isPageAddress('data/fifty/weights.safetensors')).toBe(false);
  });
});

describe('isolation', () => {
  const names = [
    'Cross-Origin-Opener-Policy',
    'Cross-Origin-Embedder-Policy',
    'Cross-Origin-Resource-Policy',
  ];
  const valuesIn = ({ headers }: Response) => names.map((name) => headers.get(name));
  const page = (headers: Record<string, string> = {}, status = 200) =>
    new Response('text', { status, headers: { 'Content-Type': 'text/html', ...headers } });

  it.each(['document', 'worker', 'sharedworker', 'iframe'])('is given to a %s', async (kind) => {
    const response = isolated(page({}, 404), kind);
    expect(valuesIn(response)).toEqual(['same-origin', 'require-corp', 'same-origin']);
    expect(response.headers.get('Content-Type')).toBe('text/html');
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('text');
  });

  it.each(['', 'script', 'image', 'font'])('is not given to "%s"', (kind) => {
    const response = page();
    expect(isolated(response, kind)).toBe(response);
  });

  it('leaves what the host says', () => {
    const own = { 'Cross-Origin-Embedder-Policy': 'credentialless' };
    expect(valuesIn(isolated(page(own), 'document'))).toEqual([
      'same-origin',
      'credentialless',
      'same-origin',
    ]);
  });

  it('leaves a response without headers, such as a redirect that the browser follows itself', () => {
    const failed = Response.error();
    expect(isolated(failed, 'document')).toBe(failed);
  });
});
