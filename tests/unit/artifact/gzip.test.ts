// Truth: Node's own gunzip; what was zipped comes back, and what never was stays as it is.
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { unzipped, zipped } from '../../../src/artifact/gzip.ts';

const bytes = Uint8Array.from({ length: 5000 }, (_, k) => (k * k) % 251);

describe('gzip at rest', () => {
  it('writes what other programs read, and the same bytes every time', async () => {
    const written = await zipped(bytes);
    expect(new Uint8Array(gunzipSync(written))).toEqual(bytes);
    expect(await zipped(bytes)).toEqual(written);
    expect(written.length).toBeLessThan(bytes.length);
  });

  it('reads what other programs write', async () => {
    expect(await unzipped(new Uint8Array(gzipSync(bytes)))).toEqual(bytes);
  });

  it('leaves alone what a server has unzipped on the way', async () => {
    expect(await unzipped(bytes)).toBe(bytes);
  });

  it('rejects what is cut short', async () => {
    const cut = new Uint8Array(gzipSync(bytes)).slice(0, 200);
    await expect(unzipped(cut)).rejects.toThrow();
  });
});
