// Files that analyses name: which they are, and that those which are here are those that were read.
import { describe, expect, it } from 'vitest';
import { checkInputs, inputPaths } from '../../../src/artifact/inputs.ts';
import { parseStudy } from '../../../src/landscape/study.ts';

const study = parseStudy(
  {
    name: 'own',
    analyses: {
      planes: {
        kind: 'slices',
        slices: {
          a: { directions: 'user', path: 'a.safetensors' },
          b: { directions: 'user', path: 'b.safetensors' },
          again: { directions: 'user', path: 'a.safetensors' },
        },
      },
    },
  },
  'a test',
);

describe('the files that analyses name', () => {
  it('are each named once', () => {
    expect(inputPaths(study.analyses)).toEqual(['a.safetensors', 'b.safetensors']);
  });

  const told = (paths: readonly string[]) => ({
    inputs: paths.map((path) => ({ path, sha256: `hash of ${path}` })),
    study: study as unknown as Parameters<typeof checkInputs>[0]['study'],
  });
  const both = told(['a.safetensors', 'b.safetensors']);
  const here = (path: string) => Promise.resolve(path.startsWith('a') ? `hash of ${path}` : null);

  it('are as they were where they are here', async () => {
    expect(await checkInputs(both, here, 'own.study')).toContain('1 of 2 files');
  });

  it('are found changed, missing or made up', async () => {
    await expect(checkInputs(both, () => Promise.resolve('other'), 'own.study')).rejects.toThrow(
      'own.study was computed from another a.safetensors than is here now',
    );
    for (const paths of [['a.safetensors'], ['a.safetensors', 'b.safetensors', 'c.safetensors']])
      await expect(checkInputs(told(paths), here, 'own.study')).rejects.toThrow(
        'where analyses name a.safetensors, b.safetensors',
      );
  });
});
