// Whatever a reader calls an experiment, its classes or its features: every text of an export can be read by those it is for.
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { experimentFile } from '../../../../src/artifact/exports/experiment-file.ts';
import type { ExportedRun } from '../../../../src/artifact/exports/exported-run.ts';
import { wellFormed } from '../../../../src/artifact/exports/plain-text.ts';
import { pythonNotebook, pythonScript } from '../../../../src/artifact/exports/python/script.ts';
import { readme } from '../../../../src/artifact/exports/readme.ts';
import { dataFile } from '../../../../src/artifact/exports/tensor-files.ts';
import { decodeSafetensors } from '../../../../src/artifact/safetensors.ts';
import { pythonWith } from '../../../reference/python.ts';
import { trainedRun } from './trained-run.ts';

const run = await trainedRun({ epochs: 1, snapshots: 2, grid: { size: 2 }, initialisations: 2 });

const pieces = [
  '\0',
  '\ud800',
  '\udfff',
  '"',
  "'",
  '"""',
  "'''",
  '\\',
  '\\N{',
  '\r',
  '\n',
  '\t',
  '\u001a',
  '\u0085',
  '\u2028',
  '\u2029',
  '\ufeff',
  '\u202e',
  '#',
  '{x}',
  '%s',
  '$',
  '`',
  'é',
  '💥',
  ' ',
];
const name = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 })), { maxLength: 12 })
    .map((parts) => parts.join('')),
);
const strangeRun = fc
  .record({ title: name, classNames: fc.tuple(name, name), featureNames: fc.tuple(name, name) })
  .map(({ title, ...names }): ExportedRun => ({
    ...run,
    experiment: { ...run.experiment, title },
    data: { ...run.data, ...names },
  }));
const runs = fc.sample(strangeRun, { numRuns: 150, seed: 10 });

interface Notebook {
  readonly cells: readonly { readonly cell_type: string; readonly source: readonly string[] }[];
}
const codeOf = (made: ExportedRun): string =>
  (JSON.parse(pythonNotebook(made, 0)) as Notebook).cells
    .filter(({ cell_type }) => cell_type === 'code')
    .map(({ source }) => source.join(''))
    .join('\n');

/** Line ends aside, nothing that only a machine sees. */
const unseen = /(?!\n)[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

describe('the script and the notebook', () => {
  it('hold their title in one string and one line of words', () => {
    for (const made of runs) {
      const script = pythonScript(made, 0);
      expect(script.isWellFormed()).toBe(true);
      expect(script).not.toMatch(/[\0\r]/);
      expect(script.split('"""').slice(0, 2).join('')).not.toContain('\\');
      const { title, name: own } = made.experiment;
      for (const text of [script, codeOf(made)]) {
        const [line, ...others] = text.split('\n').filter((each) => each.startsWith('TITLE = '));
        expect(others).toEqual([]);
        expect(JSON.parse(line!.slice('TITLE = '.length))).toBe(wellFormed(title || own));
      }
    }
  });

  const python = pythonWith('ast', 'json');
  it.skipIf(!python)('parse as Python, with the title that was given', () => {
    const program = `
import ast, json, sys
titles = []
for text in json.load(sys.stdin.buffer):
    tree = ast.parse(text.encode("utf-8"))
    titles += [node.value.value for node in tree.body if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "TITLE"]
json.dump(titles, sys.stdout)`;
    const texts = runs.flatMap((made) => [pythonScript(made, 0), codeOf(made)]);
    // As a file has them: what no encoding takes is replaced on the way out.
    const input = JSON.stringify(
      texts.map((text) => new TextDecoder().decode(new TextEncoder().encode(text))),
    );
    const { stdout, stderr } = spawnSync(python!, ['-W', 'error::SyntaxWarning', '-c', program], {
      input,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    expect(stderr).toBe('');
    const expected = runs.flatMap(
      ({ experiment: { title, name: own } }) => Array(2).fill(wellFormed(title || own)) as string[],
    );
    expect(JSON.parse(stdout)).toEqual(expected);
  });
});

it('the notebook and the README show nothing that only a machine sees', () => {
  for (const made of runs) {
    const words = (JSON.parse(pythonNotebook(made, 0)) as Notebook).cells[0]!.source.join('');
    for (const text of [words, readme(made, 0, null)]) expect(text).not.toMatch(unseen);
    expect(readme(made, 0, null).split('\n')[1]).toMatch(/^=+$/);
  }
});

it('the settings and the samples give back the names as they were', () => {
  for (const made of runs.slice(0, 100)) {
    const { title } = JSON.parse(experimentFile(made)) as { title?: string };
    expect(title ?? '').toBe(made.experiment.title);
    const { metadata } = decodeSafetensors(dataFile(made), 'data.safetensors');
    expect(JSON.parse(metadata.get('classNames')!)).toEqual(made.data.classNames);
    expect(JSON.parse(metadata.get('featureNames')!)).toEqual(made.data.featureNames);
  }
});
