// The folder that an earlier version kept for the study of an experiment: it goes when it is ours alone, and stays when it is not.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { deleteOlderStudy } from '../../../precompute/older-study.ts';
import { temporaryFolder } from './run-atlas.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const older = JSON.stringify({
  format: 'loss-atlas-study',
  schemaVersion: 2,
  name: 'pace',
  files: [{ path: 'results/ends.json' }],
});

/** An artifact, and beside it the folder of its study with that manifest and these files more. */
function put(name: string, manifest: string, files: readonly string[] = []): string {
  const study = join(folder.path, `${name}.study`);
  mkdirSync(join(study, 'results'), { recursive: true });
  mkdirSync(join(folder.path, name));
  writeFileSync(join(study, 'manifest.json'), manifest);
  for (const file of ['results/ends.json', ...files]) writeFileSync(join(study, file), '{}');
  return study;
}

it('is deleted with its manifest where it holds nothing else', async () => {
  const study = put('pace', older);
  const notes: string[] = [];
  await deleteOlderStudy(join(folder.path, 'pace'), (line) => notes.push(line));
  expect(existsSync(study)).toBe(false);
  expect(notes).toEqual([expect.stringContaining(`it is in ${join(folder.path, 'pace')} now`)]);
});

it.each([
  ['with notes of somebody’s', older, ['notes.txt']],
  ['with a manifest of something else', '{"name":"my extension"}', []],
])('stays as it is %s', async (name, manifest, files) => {
  const study = put(name, manifest, files);
  const before = readdirSync(study, { recursive: true });
  await deleteOlderStudy(join(folder.path, name), () => {});
  expect(readdirSync(study, { recursive: true })).toEqual(before);
});

it('is not missed where there is none', async () => {
  await deleteOlderStudy(join(folder.path, 'none'), (line) => {
    throw new Error(line);
  });
});
