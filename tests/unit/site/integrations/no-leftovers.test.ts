import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { removeLeftovers } from '../../../../src/site/integrations/no-leftovers.ts';
import { temporaryFolder, type TemporaryFolder } from '../../../fixtures/temporary-folder.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

it('what computations keep beside the artifacts is not in the built site, and all else is', async () => {
  const kept = ['.nojekyll', 'data/fifty/manifest.json', 'data/lab-presets.json'];
  const left = [
    'data/.fifty.lock',
    'data/.fifty.9f3a.partial/manifest.json',
    'data/.fifty.77.replaced/weights.safetensors',
  ];
  for (const path of [...kept, ...left]) {
    mkdirSync(dirname(join(folder.path, path)), { recursive: true });
    writeFileSync(join(folder.path, path), '');
  }
  await removeLeftovers(folder.path);
  expect([...kept, ...left].filter((path) => existsSync(join(folder.path, path)))).toEqual(kept);
  await removeLeftovers(join(folder.path, 'nowhere'));
});
