// The script and the notebook are the same program, and each is well formed.
import { describe, expect, it } from 'vitest';
import { pythonNotebook, pythonScript } from '../../../../src/artifact/exports/python/script.ts';
import { trainedRun } from './trained-run.ts';

interface Cell {
  readonly cell_type: 'code' | 'markdown';
  readonly id: string;
  readonly metadata: object;
  readonly source: readonly string[];
  readonly outputs?: readonly unknown[];
  readonly execution_count?: null;
}

const run = await trainedRun({ epochs: 2, snapshots: 2, grid: { size: 3 }, residual: true });
const script = pythonScript(run, 1);
const notebook = JSON.parse(pythonNotebook(run, 1)) as {
  readonly cells: readonly Cell[];
  readonly nbformat: number;
  readonly nbformat_minor: number;
  readonly metadata: { readonly kernelspec: { readonly name: string } };
};

describe('the notebook', () => {
  it('is of format 4.5: every cell has an id of its own, code has neither outputs nor counts', () => {
    expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
    expect(notebook.metadata.kernelspec.name).toBe('python3');
    const ids = notebook.cells.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const cell of notebook.cells) {
      expect(cell.id).toMatch(/^[a-zA-Z0-9-_]{1,64}$/);
      expect(cell.metadata).toEqual({});
      if (cell.cell_type === 'code')
        expect([cell.outputs, cell.execution_count]).toEqual([[], null]);
      else expect(Object.keys(cell)).not.toContain('outputs');
    }
  });

  it('explains every piece of code before it', () => {
    notebook.cells.forEach(({ cell_type }, i) => {
      if (cell_type === 'code') expect(notebook.cells[i - 1]?.cell_type).toBe('markdown');
    });
  });

  it('holds the code of the script, in its order', () => {
    let from = 0;
    for (const { cell_type, source } of notebook.cells) {
      if (cell_type !== 'code') continue;
      const at = script.indexOf(source.join(''), from);
      expect(at).toBeGreaterThan(-1);
      from = at + 1;
    }
  });
});

describe('the script', () => {
  it('has no line over 120 characters, no tab and no blank at a line’s end', () => {
    for (const line of script.split('\n')) {
      expect(line.length, line).toBeLessThanOrEqual(120);
      expect(line).not.toMatch(/\t|\s$/);
    }
  });

  it('lets no title out of its strings', async () => {
    for (const title of ['""" + exit() + """', "'''", '\\', 'line\nimport os', '$\u2028é💥']) {
      const odd = { ...run, experiment: { ...run.experiment, title } };
      const text = pythonScript(odd, 0);
      expect(text.split('"""')[1]).not.toContain('\\');
      expect(text.split('\n').find((line) => line.startsWith('TITLE = '))).toBe(
        `TITLE = ${JSON.stringify(title).replace('\u2028', '\\u2028')}`,
      );
      expect(text).not.toMatch(/^import os/m);
    }
  });

  it('says nothing of a landscape where there is none', () => {
    expect(pythonScript({ ...run, landscapeInPlane: null }, 0)).not.toContain(
      'landscape.safetensors',
    );
  });
});
