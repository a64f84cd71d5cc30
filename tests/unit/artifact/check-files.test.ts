import { describe, expect, it } from 'vitest';
import { checkFiles } from '../../../src/artifact/check-files.ts';
import { sha256 } from '../../../src/artifact/checksum.ts';
import { parseManifest } from '../../../src/artifact/manifest.ts';
import { artifactFiles, readFrom } from './a-run.ts';

const files = await artifactFiles();
const manifest = await parseManifest(files.get('manifest.json') as Uint8Array, 'manifest.json');

describe('sha256', () => {
  it('is what the standard says (FIPS 180-2, appendix B.1)', async () => {
    expect(await sha256('abc')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});

describe('checkFiles', () => {
  it('accepts the files as they were written', async () => {
    await checkFiles(manifest, readFrom(files), 'small');
  });

  it('names a truncated file', async () => {
    const damaged = new Map(files);
    damaged.set(
      'weights.safetensors',
      (files.get('weights.safetensors') as Uint8Array).slice(0, -1),
    );
    await expect(checkFiles(manifest, readFrom(damaged), 'small')).rejects.toThrow(
      /small\/weights.safetensors has \d+ bytes where the manifest lists \d+: it is truncated/,
    );
  });

  it('names a file in which one bit has flipped', async () => {
    const damaged = new Map(files);
    const bytes = (files.get('training.safetensors') as Uint8Array).slice();
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] as number) ^ 1;
    damaged.set('training.safetensors', bytes);
    await expect(checkFiles(manifest, readFrom(damaged), 'small')).rejects.toThrow(
      /small\/training.safetensors does not match its checksum/,
    );
  });
});
