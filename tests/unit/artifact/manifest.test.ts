import { describe, expect, it } from 'vitest';
import { ArtifactError } from '../../../src/artifact/artifact-error.ts';
import { parseManifest } from '../../../src/artifact/manifest.ts';
import { artifactFiles } from './a-run.ts';

const files = await artifactFiles();

/** The manifest's text with one field changed; the path's keys joined by points. */
function changed(path: string, value: unknown): string {
  const copy = JSON.parse(new TextDecoder().decode(files.get('manifest.json'))) as object;
  const keys = path.split('.');
  const last = keys.pop() as string;
  const holder = keys.reduce(
    (object, key) => (object as Record<string, object>)[key] as object,
    copy,
  );
  (holder as Record<string, unknown>)[last] = value;
  return JSON.stringify(copy);
}

describe('the manifest', () => {
  it.each([
    ['a path out of the folder', 'files.0.path', '../../etc/passwd', /files\.0\.path/],
    ['an absolute path', 'files.0.path', '/etc/passwd', /files\.0\.path/],
    ['another version', 'schemaVersion', 4, /schemaVersion/],
    ['a version before', 'schemaVersion', 2, /schemaVersion/],
    ['another format', 'format', 'something', /format/],
    ['a provider nobody knows', 'provider', 'abacus', /provider/],
    ['an unknown field', 'surprise', 1, /the whole/],
    [
      'a broken experiment',
      'study.conditions.0.experiment.epochs',
      -1,
      /study\.conditions\.0\.experiment\.epochs/,
    ],
    ['a checksum that is none', 'files.0.sha256', 'abc', /files\.0\.sha256/],
  ])('with %s is refused in one sentence', async (_, path, value, message) => {
    const parsing = parseManifest(changed(path, value), 'x/manifest.json');
    await expect(parsing).rejects.toBeInstanceOf(ArtifactError);
    await expect(parsing).rejects.toThrow(message);
    await expect(parsing).rejects.toThrow(
      /^x\/manifest.json is not a Loss Atlas manifest of version 3 .* run the experiment again$/,
    );
  });

  it.each([
    ['a condition more', 'conditions.1', { key: 'x' }, /conditions/],
    [
      'an experiment of another name',
      'study.conditions.0.experiment.name',
      'x',
      /study: expected experiments called small/,
    ],
    [
      'another title than its experiment',
      'study.conditions.0.title',
      'x',
      /conditions: expected the one of a run/,
    ],
    ['no facts of its training', 'conditions.0.training', undefined, /files: expected weights/],
  ])('with %s is refused', async (_, path, value, message) => {
    await expect(parseManifest(changed(path, value), 'x')).rejects.toThrow(message);
  });

  it.each(['loss-atlas-run', 'loss-atlas-study'])(
    'of the older form %s is told how to be made again',
    async (format) => {
      const old = JSON.stringify({ format, schemaVersion: 2, name: 'fifty', files: [] });
      await expect(parseManifest(old, 'x/manifest.json')).rejects.toThrow(
        /^x\/manifest\.json is of an older form, .*: make the artifact again with 'npx atlas run fifty'$/,
      );
    },
  );
});
