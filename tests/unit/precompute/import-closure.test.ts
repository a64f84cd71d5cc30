// What a source file depends on: on small trees of our own, and on two real analyses.
import { appendFileSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closureHash, ImportClosures, importClosure } from '../../../precompute/import-closure.ts';
import { projectRoot } from '../../../precompute/paths.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

let trees = 0;
/** A new folder with these files, and a package as npm installs it for each `name@version`. */
function tree(files: Readonly<Record<string, string>>, packages: readonly string[] = []): string {
  const root = join(folder.path, `tree-${trees++}`);
  for (const [path, content] of Object.entries(files)) write(root, path, content);
  for (const each of packages) install(root, each);
  return root;
}

function write(root: string, path: string, content: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

function install(root: string, nameAndVersion: string, dependencies: readonly string[] = []): void {
  const [name = '', version = ''] = nameAndVersion.split(/(?<!^)@/);
  const needs = Object.fromEntries(dependencies.map((dependency) => [dependency, '*']));
  const content = { name, version, dependencies: needs };
  write(root, `node_modules/${name}/package.json`, JSON.stringify(content));
}

const filesOf = (root: string, file = 'a.ts') => new ImportClosures(root).files(file);
const hashOf = (root: string, file = 'a.ts') => new ImportClosures(root).hash(file);

describe('the files', () => {
  it('are those that are imported, re-exported, imported later or started as a worker', async () => {
    const root = tree({
      'a.ts': `import { b } from './in/b.ts';
        export * from './c.ts';
        import './d.ts';
        import { type T, e } from './e.ts';
        const later = () => import('./f.ts');
        const other = () => import(\`./g.ts\`);
        new Worker(new URL('./h.ts', import.meta.url));`,
      'in/b.ts': `import data from '../data.json' with { type: 'json' }; export const b = data;`,
      'data.json': '{ "import": "./nothing.ts" }',
      ...Object.fromEntries([...'cdefgh'].map((name) => [`${name}.ts`, 'export const e = 1;'])),
      'unused.ts': '',
    });
    expect(await filesOf(root)).toEqual([
      'a.ts',
      'c.ts',
      'd.ts',
      'data.json',
      'e.ts',
      'f.ts',
      'g.ts',
      'h.ts',
      'in/b.ts',
    ]);
  });

  it('are not those that types alone come from, nor what comments and texts mention', async () => {
    const root = tree({
      'a.ts': `import type { T } from './types.ts';
        export type { U } from './types.ts';
        export type * from './types.ts';
        type V = import('./types.ts').V;
        // import './comment.ts'
        const text = "import './text.ts'";
        import type from './b.ts';`,
      'b.ts': 'export default 1;',
    });
    expect(await filesOf(root)).toEqual(['a.ts', 'b.ts']);
  });

  it('may import one another in circles, and stand in one order whatever the imports', async () => {
    const files = { 'c.ts': `import './a.ts';`, 'b.ts': `import './c.ts'; import './b.ts';` };
    const one = tree({ 'a.ts': `import './b.ts'; import './c.ts';`, ...files });
    const other = tree({ 'a.ts': `import './c.ts'; import './b.ts';`, ...files });
    expect(await filesOf(one)).toEqual(['a.ts', 'b.ts', 'c.ts']);
    expect(await filesOf(other)).toEqual(['a.ts', 'b.ts', 'c.ts']);
    expect(await filesOf(one, 'c.ts')).toEqual(['a.ts', 'b.ts', 'c.ts']);
  });

  it.each([
    [
      { 'a.ts': `import './b.ts';` },
      /^b\.ts, which a\.ts imports, cannot be read \(it does not exist\)/,
    ],
    [{ 'a.ts': `const b = 'b.ts'; import(b);` }, /^import\(b\) in a\.ts computes what it imports/],
    [{ 'a.ts': 'import(`./${name}.ts`);' }, /computes what it imports/],
    [{ 'a.ts': `import './b.ts` }, /^the imports of a\.ts cannot be read/],
    [{ 'a.ts': `import '#inside';` }, /^a\.ts imports "#inside", which is neither/],
  ])('are refused in one sentence where they cannot be known: %j', async (files, sentence) => {
    const refusal = await filesOf(tree(files)).catch((error: Error) => error.message);
    expect(refusal).toMatch(sentence);
    expect(refusal).not.toMatch(/\n/);
  });
});

describe('the hash', () => {
  const files = { 'a.ts': `import { b } from './b.ts';`, 'b.ts': `import pca from 'pca/lib';` };
  const packages = ['pca@1.0.0', 'unused@1.0.0'];

  it('is the same wherever the tree lies, and another one for each content and name', async () => {
    const first = await hashOf(tree(files, packages));
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(await hashOf(tree(files, packages))).toBe(first);
    const commented = { ...files, 'b.ts': `${files['b.ts']} // why` };
    expect(await hashOf(tree(commented, packages))).not.toBe(first);
    const renamed = { 'a.ts': `import { b } from './c.ts';`, 'c.ts': files['b.ts'] };
    expect(await hashOf(tree(renamed, packages))).not.toBe(first);
    expect(await hashOf(tree({ ...files, 'unused.ts': '' }, packages))).toBe(first);
  });

  it('changes with the version of an imported package and of what that one needs, and of no other', async () => {
    const versions = async (pca: string, matrix: string, unused: string) => {
      const root = tree(files, [`unused@${unused}`, `@ml/matrix@${matrix}`]);
      install(root, `pca@${pca}`, ['@ml/matrix']);
      return hashOf(root);
    };
    const first = await versions('1.0.0', '1.0.0', '1.0.0');
    expect(await versions('1.0.0', '1.0.0', '2.0.0')).toBe(first);
    expect(await versions('1.0.1', '1.0.0', '1.0.0')).not.toBe(first);
    expect(await versions('1.0.0', '1.0.1', '1.0.0')).not.toBe(first);
  });

  it('sees the copy of a package that lies nearest', async () => {
    const root = tree(files, ['pca@1.0.0']);
    install(root, 'pca@1.0.0', ['matrix']);
    install(root, 'matrix@1.0.0');
    const outer = await hashOf(root);
    write(root, 'node_modules/pca/node_modules/matrix/package.json', '{"version": "2.0.0"}');
    expect(await hashOf(root)).not.toBe(outer);
  });

  it('refuses a package that is not installed, and needs none for the files', async () => {
    const root = tree(files);
    await expect(hashOf(root)).rejects.toThrow(
      /^b\.ts imports the package pca, which is not installed/,
    );
    expect(await filesOf(root)).toEqual(['a.ts', 'b.ts']);
  });

  it('is computed once: a process keeps what it has read', async () => {
    const root = tree({ 'a.ts': '' });
    const closures = new ImportClosures(root);
    const first = await closures.hash('a.ts');
    write(root, 'a.ts', '// other');
    expect(await closures.hash(join(root, 'a.ts'))).toBe(first);
    expect(await hashOf(root)).not.toBe(first);
  });
});

describe('of the real analyses', () => {
  const barriers = 'src/landscape/analyses/barriers.ts';
  const curvature = 'src/landscape/analyses/curvature.ts';
  const copy = join(folder.path, 'copy');
  beforeAll(() => {
    cpSync(join(projectRoot, 'src'), join(copy, 'src'), { recursive: true });
    symlinkSync(join(projectRoot, 'node_modules'), join(copy, 'node_modules'), 'junction');
  });

  it('the closure holds the mathematics and the engine, and nothing above', async () => {
    const files = await importClosure(barriers);
    expect(files).toContain(barriers);
    expect(files).toContain('src/landscape/paths/barrier-matrix.ts');
    expect(files).toContain('src/engine/graph/linear.ts');
    expect(files).not.toContain(curvature);
    expect(files.filter((file) => !/^src\/(engine|learning|landscape)\//.test(file))).toEqual([]);
  });

  it('a comment in one expires it alone, and the engine expires both', async () => {
    const hashes = async () => {
      const closures = new ImportClosures(copy);
      return [await closures.hash(barriers), await closures.hash(curvature)];
    };
    const before = await hashes();
    expect(before).toEqual([await closureHash(barriers), await closureHash(curvature)]);
    appendFileSync(join(copy, barriers), '// a comment\n');
    const commented = await hashes();
    expect(commented[0]).not.toBe(before[0]);
    expect(commented[1]).toBe(before[1]);
    appendFileSync(join(copy, 'src/engine/graph/linear.ts'), '// a comment\n');
    const engine = await hashes();
    expect(engine[0]).not.toBe(commented[0]);
    expect(engine[1]).not.toBe(commented[1]);
  });
});
