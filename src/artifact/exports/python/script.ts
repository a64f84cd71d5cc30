// The Python script and the notebook, made of the same cells.
import type { ExportedRun } from '../exported-run.ts';
import { oneLine } from '../plain-text.ts';
import type { Cell } from './cell.ts';
import { checkCells } from './check-cells.ts';
import { networkCells } from './network-cells.ts';
import { pictureCells } from './picture-cells.ts';

const cellsOf = (run: ExportedRun, network: number): readonly Cell[] => [
  ...networkCells(run, network),
  ...checkCells(run),
  ...pictureCells(run),
];

const titleOf = ({ experiment }: ExportedRun): string =>
  oneLine(experiment.title) || experiment.name;

const opening = (run: ExportedRun): string =>
  `It builds the networks of the experiment in PyTorch, loads the weights that Loss Atlas exported, measures losses and accuracies anew and compares them${run.landscapeInPlane ? ', computes the landscape again, and draws it' : ''}.`;

const needs =
  'It needs Python 3.8 or later with numpy, torch and matplotlib, and the files beside it.';

/** The text of `loss_atlas.py`. */
export function pythonScript(run: ExportedRun, network: number): string {
  // In a docstring, a quote or a backslash of the title would be code.
  const title = titleOf(run).replaceAll('\\', '/').replaceAll('"', "'");
  const docstring = [
    `"""${title}: the networks of a Loss Atlas run in PyTorch.`,
    '',
    ...wrapped(opening(run)),
    '',
    ...wrapped(`${needs} It ends with status 1 where PyTorch disagrees. Run it with:`),
    '',
    '    python3 loss_atlas.py',
    '"""',
  ].join('\n');
  const blocks = cellsOf(run, network).map(({ words, code }) => `${asComment(words)}\n${code}\n`);
  return [docstring, ...blocks].join('\n\n').replace(/\n{4,}/g, '\n\n\n');
}

/** The text of `loss_atlas.ipynb`, notebook format 4.5. */
export function pythonNotebook(run: ExportedRun, network: number): string {
  const title = titleOf(run).replace(/[\\`*_[\]<>#|$]/g, '\\$&');
  const markdown = (id: string, text: string) => ({
    cell_type: 'markdown',
    id,
    metadata: {},
    source: sourceOf(text),
  });
  const code = (id: string, text: string) => ({
    cell_type: 'code',
    execution_count: null,
    id,
    metadata: {},
    outputs: [],
    source: sourceOf(text),
  });
  const notebook = {
    cells: [
      markdown('title', `# ${title}\n\n${opening(run)}\n\n${needs}`),
      ...cellsOf(run, network).flatMap((cell) => [
        markdown(`${cell.id}-words`, cell.words),
        code(cell.id, cell.code),
      ]),
    ],
    metadata: {
      kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
      language_info: { name: 'python' },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

/** A notebook keeps its texts as lists of lines. */
const sourceOf = (text: string): string[] => text.split(/(?<=\n)/);

/** Markdown as a comment: a heading as a line of its own, the rest below it. */
function asComment(words: string): string {
  const [heading = '', ...rest] = words.split('\n');
  const name = heading.replace(/^#+\s*/, '');
  const told = rest.join('\n').trim();
  const paragraphs = told
    .split(/\n\s*\n/)
    .filter(Boolean)
    .flatMap((paragraph) => wrapped(paragraph.replace(/\s+/g, ' ').replaceAll('`', ''), 110));
  return [`# --- ${name} ---`, ...paragraphs.map((line) => `# ${line}`)].join('\n');
}

function wrapped(text: string, width = 112): string[] {
  const made: string[] = [];
  for (const word of text.split(' ')) {
    const longer = made.length > 0 ? `${made.at(-1)} ${word}` : word;
    if (made.length > 0 && longer.length <= width) made[made.length - 1] = longer;
    else made.push(word);
  }
  return made;
}
