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
    ['another version', 'schemaVersion', 3, /schemaVersion/],
    ['the version before', 'schemaVersion', 1, /schemaVersion/],
    ['another format', 'format', 'something', /format/],
    ['a provider nobody knows', 'provider', 'abacus', /provider/],
    ['an unknown field', 'surprise', 1, /the whole/],
    ['a broken experiment', 'experiment.epochs', -1, /experiment\.epochs/],
    ['a checksum that is none', 'files.0.sha256', 'abc', /files\.0\.sha256/],
  ])('with %s is refused in one sentence', async (_, path, value, message) => {
    const parsing = parseManifest(changed(path, value), 'x/manifest.json');
    await expect(parsing).rejects.toBeInstanceOf(ArtifactError);
    await expect(parsing).rejects.toThrow(message);
    await expect(parsing).rejects.toThrow(
      /^x\/manifest.json is not a Loss Atlas manifest of version 2 .* run the experiment again$/,
    );
  });
});
