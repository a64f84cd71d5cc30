// Truth: Node's own gunzip; what was zipped comes back, what never was stays as it is, and nothing comes without end.
import { constants, deflateRawSync, gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ArtifactError } from '../../../src/artifact/artifact-error.ts';
import { largestUnzipped, unzipped, zipped } from '../../../src/artifact/gzip.ts';
import { unzippedFile } from '../../../src/artifact/unzipped-file.ts';

const here = { where: 'curves.safetensors.gz' };
const bytes = Uint8Array.from({ length: 5000 }, (_, k) => (k * k) % 251);

describe('gzip at rest', () => {
  it('writes what other programs read, and the same bytes every time', async () => {
    const written = await zipped(bytes);
    expect(new Uint8Array(gunzipSync(written))).toEqual(bytes);
    expect(await zipped(bytes)).toEqual(written);
    expect(written.length).toBeLessThan(bytes.length);
  });

  it('reads what other programs write', async () => {
    expect(await unzipped(new Uint8Array(gzipSync(bytes)), here)).toEqual(bytes);
  });

  it('leaves alone what a server has unzipped on the way', async () => {
    expect(await unzipped(bytes, here)).toBe(bytes);
  });

  it('rejects what is cut short', async () => {
    const cut = new Uint8Array(gzipSync(bytes)).slice(0, 200);
    await expect(unzipped(cut, here)).rejects.toThrow();
  });

  it('takes what is as large as it may be, and refuses one byte more', async () => {
    const full = new Uint8Array(gzipSync(bytes));
    expect(await unzipped(full, { ...here, largest: 5000 })).toEqual(bytes);
    const refused = unzipped(full, { ...here, largest: 4999 });
    await expect(refused).rejects.toThrow(ArtifactError);
    await expect(refused).rejects.toThrow(
      `curves.safetensors.gz has ${full.length} bytes and unzips to more than 4999: expected at most that; take another file`,
    );
  });

  it('does not unpack a small file that holds gigabytes', async () => {
    // One block of deflate that repeats a zero 2^17 times and ends on a byte, over and over: 130 bytes each.
    const block = deflateRawSync(new Uint8Array(2 ** 17), { finishFlush: constants.Z_SYNC_FLUSH });
    const head = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
    const bomb = Buffer.concat([head, ...Array<Buffer>(2 ** 15).fill(block)]);
    expect(bomb.length).toBeLessThan(5e6);
    const before = process.memoryUsage().arrayBuffers;
    const unpacked = unzippedFile(new Uint8Array(bomb), 'bomb.gz');
    await expect(unpacked).rejects.toThrow(
      new RegExp(`^bomb.gz has \\d+ bytes and unzips to more than ${largestUnzipped}:`),
    );
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 * largestUnzipped);
  });
});
