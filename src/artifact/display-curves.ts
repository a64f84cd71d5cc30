// The curves a page draws: losses and accuracies over time, quantised to 16 bits.
import type { Curves } from '../learning/history.ts';
import { spreadIndices } from '../learning/spread-indices.ts';
import { readQuantised, writeQuantised } from './quantised-file.ts';
import { displayBudget, takeRows } from '../landscape/thin.ts';

const quantities = [
  ['trainLoss', 'log'],
  ['trainAccuracy', 'linear'],
  ['testLoss', 'log'],
  ['testAccuracy', 'linear'],
  ['gradientNorm', 'log'],
] as const;

/** `[T, N]` each; of very many records, evenly spread ones are kept. */
export function encodeCurves(curves: Curves): Uint8Array<ArrayBuffer> {
  const records = curves.steps.length;
  const networks = records === 0 ? 0 : curves.trainLoss.length / records;
  const present = quantities.filter(([name]) => curves[name] !== null);
  const rows = spreadIndices(records, displayBudget / (networks * present.length * 2 + 8));

  const file = writeQuantised();
  file.exact(
    'steps',
    Int32Array.from(rows, (row) => curves.steps[row] as number),
    [rows.length],
  );
  file.exact('epochs', takeRows(curves.epochs, 1, rows), [rows.length]);
  for (const [name, scaling] of present) {
    const values = takeRows(curves[name] as Float32Array, networks, rows);
    file.quantised(name, values, [rows.length, networks], scaling);
  }
  return file.bytes();
}

export function decodeCurves(bytes: Uint8Array, where: string): Curves {
  const file = readQuantised(bytes, where);
  const [records, networks] = file.shape('trainLoss', 2) as [number, number];
  const numbers = (name: string) => file.numbers(name, [records, networks]);
  const optional = (name: string) => (file.has(name) ? numbers(name) : null);
  return {
    steps: file.values('steps', 'I32', [records]),
    epochs: file.values('epochs', 'F32', [records]),
    trainLoss: numbers('trainLoss'),
    trainAccuracy: optional('trainAccuracy'),
    testLoss: optional('testLoss'),
    testAccuracy: optional('testAccuracy'),
    gradientNorm: numbers('gradientNorm'),
  };
}
