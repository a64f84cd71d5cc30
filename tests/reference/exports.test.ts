// What the exported Python script and notebook say of an export, by the real PyTorch: skipped where none is installed.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportedFiles } from '../../src/artifact/exports/export-files.ts';
import type { ExportedRun } from '../../src/artifact/exports/exported-run.ts';
import { temporaryFolder } from '../unit/precompute/run-atlas.ts';
import { trainedRun } from '../unit/artifact/exports/trained-run.ts';
import { startForkingPython, type ForkingPython } from './forking-python.ts';
import { pythonWith, runPython, versionOf } from './python.ts';

const python = pythonWith('torch', 'matplotlib', 'numpy');
const validator = pythonWith('nbformat');
const kernel = pythonWith('torch', 'matplotlib', 'nbclient', 'ipykernel');
if (!python)
  console.warn('exports: not run, no Python here can import torch, matplotlib and numpy');
else console.info(`exports: checked by PyTorch ${versionOf(python, 'torch')}`);

const points = Array.from({ length: 40 }, (_, i) => [
  Math.cos(i) * (1 + (i % 3)),
  Math.sin(i) * (1 + (i % 3)),
  i % 3,
]);
const csv = `height,width,kind\n${Array.from(
  { length: 60 },
  (_, i) => `${100 + Math.sin(i) * 8},${0.5 + Math.cos(i * i) / 9},${i % 2 ? 'oak' : 'elm'}`,
).join('\n')}\n`;

/** `says` is a line of the script that only this experiment has. */
const cases: readonly {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly says: string;
  readonly csv?: string;
  readonly hasLandscape?: boolean;
}[] = [
  {
    name: 'tanh and cross-entropy on moons',
    settings: { data: { kind: 'moons' }, hiddenSizes: [16], initialisations: 8, epochs: 40 },
    says: 'ACTIVATION = nn.Tanh',
  },
  {
    name: 'relu with residual connections',
    settings: {
      data: { kind: 'spirals', samples: 120, classes: 3 },
      hiddenSizes: [12, 12, 5, 5],
      activation: 'relu',
      residual: true,
      initialiser: { kind: 'he-normal' },
    },
    says: 'return ResidualNetwork(',
  },
  {
    name: 'a first layer that adds its input, without biases',
    settings: { hiddenSizes: [2, 2], residual: true, bias: false, activation: 'sigmoid' },
    says: 'BIAS = False',
  },
  {
    name: 'the mean squared error of classes',
    settings: {
      data: { kind: 'blobs', samples: 90, features: 4 },
      loss: 'mean-squared-error',
      batchSize: 16,
    },
    says: 'F.one_hot',
  },
  {
    name: 'gelu, the exact one',
    settings: { data: { kind: 'circles' }, activation: 'gelu', hiddenSizes: [8, 8] },
    says: 'ACTIVATION = nn.GELU',
  },
  {
    name: 'points placed by hand',
    settings: { data: { kind: 'points', points }, title: 'By hand: "three" \\ rings """' },
    says: 'SIZES = [2, 8, 3]',
  },
  {
    name: 'a CSV file, without a test part',
    settings: { data: { kind: 'csv', path: 'trees.csv' }, testFraction: 0 },
    says: 'SIZES = [2, 8, 2]',
    csv,
  },
  {
    name: 'a regression on the plane of its own two weights',
    settings: {
      data: { kind: 'two-weights' },
      hiddenSizes: [1],
      activation: 'linear',
      bias: false,
      loss: 'mean-squared-error',
      directions: 'weights',
    },
    says: 'ax.set(xlabel="weight 1"',
  },
  {
    name: 'networks that diverge',
    settings: {
      loss: 'mean-squared-error',
      activation: 'relu',
      optimiser: { kind: 'sgd' },
      learningRate: 9,
      initialiser: { kind: 'normal', scale: 2 },
      initialisations: 6,
    },
    says: 'nn.ReLU',
  },
  {
    name: 'a run without a landscape and without hidden layers',
    settings: { hiddenSizes: [] },
    says: 'SIZES = [2, 2]',
    hasLandscape: false,
  },
];

const folders: { remove: () => void }[] = [];
afterAll(() => folders.forEach(({ remove }) => remove()));

function written(run: ExportedRun, network: number): string {
  const folder = temporaryFolder();
  folders.push(folder);
  const path = join(folder.path, 'ünï code');
  mkdirSync(path);
  for (const { name, make } of exportedFiles(run, network)) {
    const content = make();
    if (content !== null) writeFileSync(join(path, name), content);
  }
  return path;
}

interface Notebook {
  readonly cells: readonly { readonly cell_type: string; readonly source: readonly string[] }[];
}

/** The code cells in their order, one after the other, as a kernel would run them. */
const notebookCode = (folder: string): string =>
  (JSON.parse(readFileSync(join(folder, 'loss_atlas.ipynb'), 'utf8')) as Notebook).cells
    .filter(({ cell_type }) => cell_type === 'code')
    .map(({ source }) => source.join(''))
    .join('\n\n');

const agreed = /PyTorch agrees with Loss Atlas in (\d+) comparisons\./;

describe.skipIf(!python)('PyTorch agrees with the export', () => {
  let forking: ForkingPython;
  beforeAll(() => {
    forking = startForkingPython(python!, ['torch', 'matplotlib.pyplot', 'numpy']);
  });
  afterAll(() => forking.close());

  it.each(cases)('$name', async ({ name, settings, says, hasLandscape = true, csv }) => {
    const run = await trainedRun(settings, { hasLandscape, ...(csv ? { csv } : {}) });
    const folder = written(run, 1);
    expect(readFileSync(join(folder, 'loss_atlas.py'), 'utf8')).toContain(says);
    if (name === 'networks that diverge')
      expect(run.statistics.outcomes.diverged).toBeGreaterThan(0);
    // From elsewhere: the script finds its files beside itself.
    const script = await forking.run({ file: join(folder, 'loss_atlas.py'), cwd: '/' });
    expect(script.output).toMatch(agreed);
    expect(script.status).toBe(0);
    expect(Number(agreed.exec(script.output)?.[1])).toBeGreaterThan(hasLandscape ? 8 : 6);
    if (hasLandscape) expect(statSync(join(folder, 'landscape.png')).size).toBeGreaterThan(10_000);

    const notebook = await forking.run({ file: null, code: notebookCode(folder), cwd: folder });
    expect(notebook.output.replace(/\r/g, '')).toBe(script.output);
    expect(notebook.status).toBe(0);
  });

  it('in a process of its own, with what it imports by itself', async () => {
    const folder = written(await trainedRun({}), 1);
    for (const outcome of [
      runPython(python!, [join(folder, 'loss_atlas.py')], '/'),
      runPython(python!, ['-'], folder, notebookCode(folder)),
    ]) {
      expect(outcome.output).toMatch(agreed);
      expect(outcome.status).toBe(0);
    }
  });

  it('unless a weight is changed', async () => {
    const run = await trainedRun({});
    const { snapshots } = run.history;
    const folder = written(run, 1);
    snapshots[snapshots.length - 3]! += 0.3;
    const changed = written(run, 1);
    const file = 'loss_atlas.py';
    expect((await forking.run({ file, cwd: folder })).status).toBe(0);
    const { status, output } = await forking.run({ file, cwd: changed });
    expect(status).toBe(1);
    expect(output).toMatch(/PyTorch disagrees with Loss Atlas about: train loss/);
  });

  it('unless the surface is changed', async () => {
    const run = await trainedRun({});
    run.landscapeInPlane!.landscape.loss[5000]! *= 1.001;
    const { status, output } = await forking.run({
      file: 'loss_atlas.py',
      cwd: written(run, 1),
    });
    expect(status).toBe(1);
    expect(output).toMatch(/PyTorch disagrees with Loss Atlas about: loss on the grid$/m);
  });
});

it.skipIf(!validator)('the notebook is valid by nbformat', async () => {
  const folder = written(await trainedRun({ title: '# <b>odd</b> *title*' }), 1);
  const code =
    'import nbformat; n = nbformat.read("loss_atlas.ipynb", as_version=4); nbformat.validate(n); print(n.nbformat, n.nbformat_minor)';
  expect(runPython(validator!, ['-c', code], folder)).toEqual({ status: 0, output: '4 5\n' });
});

it.skipIf(!kernel)('the notebook runs in a Jupyter kernel', async () => {
  const folder = written(await trainedRun({}), 1);
  const code = `
import nbclient, nbformat
notebook = nbformat.read("loss_atlas.ipynb", as_version=4)
nbclient.NotebookClient(notebook, timeout=300).execute()
print(notebook.cells[-1].outputs[-1].text)`;
  const { status, output } = runPython(kernel!, ['-c', code], folder);
  expect(output).toMatch(agreed);
  expect(status).toBe(0);
});
