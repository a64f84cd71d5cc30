// Nothing that an artifact says in plain data can be changed unnoticed: each leaf of each JSON file, one at a time.
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ArtifactError } from '../../../src/artifact/artifact-error.ts';
import { openArtifact } from '../../../src/artifact/checked-artifact.ts';
import { checkFiles } from '../../../src/artifact/check-files.ts';
import { readableJson } from '../../../src/artifact/readable-json.ts';
import { cpuExecutor } from '../../fixtures/cpu-executor.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { artifactFiles, readFrom } from './a-run.ts';
import { studyArtifact } from './a-study.ts';
import { singleChanges } from './leaves.ts';

type Files = ReadonlyMap<string, Uint8Array>;

const folder = temporaryFolder();
afterAll(() => folder.remove());
const executor = await cpuExecutor();
const run: Files = await artifactFiles();
const study: Files = await studyArtifact(executor, join(folder.path, 'pace'));

/** What `atlas verify`, `inspect`, `list` and the site's build do before anything else. */
async function check(files: Files): Promise<void> {
  const { manifest } = await openArtifact(readFrom(files), 'x');
  await checkFiles(manifest, readFrom(files), 'x');
}

const jsonFiles = (files: Files): string[] =>
  [...files.keys()].filter((path) => path.endsWith('.json'));

it.each([
  ...jsonFiles(run).map(
    (path) => ['a run', path, run, path === 'manifest.json' ? 200 : 10] as const,
  ),
  ...jsonFiles(study).map((path) => ['a study', path, study, 40] as const),
])('%s: no change of %s passes', async (_, path, files, least) => {
  await check(files);
  const original: unknown = JSON.parse(new TextDecoder().decode(files.get(path)));
  const undetected: string[] = [];
  let changes = 0;
  for (const { what, json } of singleChanges(original)) {
    changes++;
    const changed = new Map(files).set(path, new TextEncoder().encode(readableJson(json)));
    const refused = await check(changed).catch((error: unknown) => error);
    if (!(refused instanceof ArtifactError)) undetected.push(what);
  }
  expect(undetected).toEqual([]);
  expect(changes).toBeGreaterThan(least);
});

it('results of a study are files of their own', () => {
  expect(jsonFiles(study)).toEqual([
    'manifest.json',
    'results/ends.json',
    'results/ways.json',
    'results/planes.json',
  ]);
});
