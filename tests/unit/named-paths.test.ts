// Every path that the documents for developers name exists.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../precompute/paths.ts';

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: projectRoot,
  encoding: 'utf8',
}).split('\n');
const names = new Set(tracked.map((path) => basename(path)));

/** Made by commands, and not there before. */
const isMade = (path: string): boolean => /^(public\/data|tests\/\.output|dist)(\/|$)/.test(path);

/** What stands in backquotes and is written like a path, but for patterns such as NAME.json. */
function namedPaths(text: string): string[] {
  const quoted = [...text.matchAll(/`([^`\n]+)`/g)].map(([, inside = '']) => inside);
  const isPath = (word: string) =>
    /^(\.?[\w-]+\/)+[\w.[\]-]*$|^\.?[\w-]+\.(ts|js|json|md|cff|bib)$/.test(word);
  const isPattern = (word: string) => /\b(NAME|NN)\b/.test(word);
  return quoted.filter((word) => isPath(word) && !isPattern(word) && !isMade(word));
}

describe.each(['ARCHITECTURE.md', 'CONTRIBUTING.md'])('%s', (document) => {
  const text = readFileSync(join(projectRoot, document), 'utf8');

  it('names files and folders that exist', () => {
    const paths = namedPaths(text);
    expect(paths.length).toBeGreaterThan(8);
    const missing = paths.filter(
      (path) => !existsSync(join(projectRoot, path)) && !names.has(path),
    );
    expect(missing).toEqual([]);
  });

  it('links to documents that exist', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, target = '']) => target);
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((target) => !existsSync(join(projectRoot, target)))).toEqual([]);
  });
});

it('finds a path that does not exist', () => {
  expect(
    namedPaths('`src/none.ts`, `src/engine`, `precompute/NAME.json`, `[N, P]`, `draw`'),
  ).toEqual(['src/none.ts', 'src/engine']);
});
