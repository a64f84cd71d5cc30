// The landscape a page draws: surfaces, trajectories and their fidelity, quantised to 16 bits.
import type { Landscape } from '../landscape/landscape.ts';
import { spreadIndices } from '../learning/spread-indices.ts';
import { landscapeFacts, readLandscapeFacts } from './landscape-facts.ts';
import { readQuantised, writeQuantised } from './quantised-file.ts';
import { displayBudget, takeRows } from './thin.ts';

/** Very fine grids and very many snapshots are thinned, evenly, to half the budget each. */
export function encodeLandscape(landscape: Landscape): Uint8Array<ArrayBuffer> {
  const { snapshotSteps, coordinates, loss, testLoss, accuracy, xs, ys } = landscape;
  const networks = snapshotSteps.length === 0 ? 0 : coordinates.length / 2 / snapshotSteps.length;
  const snapshots = spreadIndices(snapshotSteps.length, displayBudget / 2 / (networks * 10 + 4));
  const surfaces = { loss, testLoss, accuracy };
  const present = Object.values(surfaces).filter((surface) => surface !== null).length;
  const side = Math.sqrt(displayBudget / 2 / (present * 2));
  const columns = spreadIndices(xs.length, side);
  const rows = spreadIndices(ys.length, side);

  const file = writeQuantised();
  const steps = Int32Array.from(snapshots, (row) => snapshotSteps[row] as number);
  file.exact('snapshotSteps', steps, [snapshots.length]);
  const markers = (name: 'offPlane' | 'trueLoss' | 'planeLoss') =>
    file.quantised(
      name,
      takeRows(landscape[name], networks, snapshots),
      [snapshots.length, networks],
      'log',
    );
  file.quantised(
    'coordinates',
    takeRows(coordinates, networks * 2, snapshots),
    [snapshots.length, networks, 2],
    'linear',
  );
  markers('offPlane');
  markers('trueLoss');
  markers('planeLoss');

  file.exact('xs', takeRows(xs, 1, columns), [columns.length]);
  file.exact('ys', takeRows(ys, 1, rows), [rows.length]);
  for (const [name, surface] of Object.entries(surfaces)) {
    if (surface === null) continue;
    const chosen = new Float32Array(rows.length * columns.length);
    rows.forEach((row, r) =>
      columns.forEach((column, c) => {
        chosen[r * columns.length + c] = surface[row * xs.length + column] as number;
      }),
    );
    const scaling = name === 'accuracy' ? 'linear' : 'log';
    file.quantised(name, chosen, [rows.length, columns.length], scaling);
  }
  return file.bytes(landscapeFacts(landscape));
}

export function decodeLandscape(bytes: Uint8Array, where: string): Landscape {
  const file = readQuantised(bytes, where);
  const [snapshots, networks] = file.shape('trueLoss', 2) as [number, number];
  const [height, width] = file.shape('loss', 2) as [number, number];
  const optional = (name: string) => (file.has(name) ? file.numbers(name, [height, width]) : null);
  return {
    ...readLandscapeFacts(file),
    snapshotSteps: file.values('snapshotSteps', 'I32', [snapshots]),
    coordinates: file.numbers('coordinates', [snapshots, networks, 2]),
    offPlane: file.numbers('offPlane', [snapshots, networks]),
    trueLoss: file.numbers('trueLoss', [snapshots, networks]),
    planeLoss: file.numbers('planeLoss', [snapshots, networks]),
    xs: file.values('xs', 'F32', [width]),
    ys: file.values('ys', 'F32', [height]),
    loss: file.numbers('loss', [height, width]),
    testLoss: optional('testLoss'),
    accuracy: optional('accuracy'),
  };
}
