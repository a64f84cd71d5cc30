import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeFileAtomically } from '../../../precompute/atomic-write.ts';
import { temporaryFolder } from './run-atlas.ts';

it('writes a file whole and leaves nothing beside', async () => {
  const folder = temporaryFolder();
  const target = join(folder.path, 'run');
  await writeFileAtomically(target, 'one');
  await writeFileAtomically(target, Uint8Array.of(116, 119, 111));
  expect(readFileSync(target, 'utf8')).toBe('two');
  expect(readdirSync(folder.path)).toEqual(['run']);
  folder.remove();
});
