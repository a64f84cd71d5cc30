import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { removeLeftovers } from '../../../../src/site/integrations/no-leftovers.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atlas-site-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('what computations keep beside the artifacts is not in the built site, and all else is', async () => {
  const kept = ['.nojekyll', 'data/fifty/manifest.json', 'data/lab-presets.json'];
  const left = [
    'data/.fifty.lock',
    'data/.fifty.9f3a.partial/manifest.json',
    'data/.fifty.77.replaced/weights.safetensors',
  ];
  for (const path of [...kept, ...left]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), '');
  }
  await removeLeftovers(folder);
  expect([...kept, ...left].filter((path) => existsSync(join(folder, path)))).toEqual(kept);
  await removeLeftovers(join(folder, 'nowhere'));
});
