import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  artifactState,
  findArtifact,
  readerOf,
  readManifest,
} from '../../../precompute/artifact-folder.ts';
import { temporaryFolder } from './run-atlas.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const put = (name: string, content: string) => {
  mkdirSync(join(folder.path, name), { recursive: true });
  writeFileSync(join(folder.path, name, 'manifest.json'), content);
  return join(folder.path, name);
};
const stateOf = (path: string) => artifactState(path, 'hash', 'auto');

describe('the state of an artifact’s folder', () => {
  it('is absent where nothing is there', async () => {
    expect(await stateOf(join(folder.path, 'none'))).toEqual({ kind: 'absent' });
    mkdirSync(join(folder.path, 'empty'));
    expect(await stateOf(join(folder.path, 'empty'))).toEqual({ kind: 'absent' });
  });

  it('is foreign where something is there that is not ours, whatever it is called', async () => {
    writeFileSync(join(folder.path, 'file'), '');
    const foreign = [
      put('extension', '{"manifest_version":3}'),
      put('torn', '{"format":"loss-atlas-run","fi'),
      join(folder.path, 'file'),
    ];
    for (const path of foreign) expect(await stateOf(path)).toMatchObject({ kind: 'foreign' });
  });

  it('is damaged where an artifact of ours does not hold what it should', async () => {
    const damaged = put('damaged', '{"format":"loss-atlas-artifact","files":[]}');
    expect(await stateOf(damaged)).toMatchObject({ kind: 'damaged' });
  });

  it.each(['loss-atlas-run', 'loss-atlas-study'])(
    'tells how to make a %s again',
    async (format) => {
      const older = put(format, JSON.stringify({ format, name: 'fifty', files: [] }));
      expect(await stateOf(older)).toMatchObject({
        kind: 'damaged',
        reason: expect.stringMatching(/older form, .*: make .* again with 'npx atlas run fifty'$/),
      });
    },
  );
});

describe('findArtifact', () => {
  it('finds the study of an earlier version where there is nothing else', async () => {
    const older = put('kept.study', '{}');
    expect(await findArtifact(join(folder.path, 'kept'))).toBe(older);
    const own = put('kept', '{}');
    expect(await findArtifact(join(folder.path, 'kept'))).toBe(own);
  });
});

describe('readerOf', () => {
  it('reads no file that is larger than the manifest lists, and no endless manifest', async () => {
    const path = put('large', '{}');
    writeFileSync(join(path, 'weights.safetensors'), 'xx');
    await expect(readerOf(path)('weights.safetensors', 1)).rejects.toThrow(
      /weights\.safetensors cannot be read \(it has 2 bytes or more, and expected are at most 1\)/,
    );
    // A hole: it takes no room on the disk.
    truncateSync(join(path, 'manifest.json'), 6e9);
    await expect(readManifest(path)).rejects.toThrow(
      /manifest\.json cannot be read \(it has 6,000/,
    );
  });
});
