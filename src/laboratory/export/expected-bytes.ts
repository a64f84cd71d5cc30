// How large the files of an export will be, before they are made: exact for tensors, about right for texts.
import type { ExportKey } from '../../artifact/exports/catalogue.ts';
import type { ReadyRun } from '../panels/analysis-subject.ts';

/** Of a number as text, with its comma. */
const cell = 12;
const header = 900;

export function expectedBytes(
  key: ExportKey,
  { training, display, landscapeInPlane }: ReadyRun,
): number {
  const { networks: N, parameters: P, curves, snapshotSteps } = training.history;
  const S = snapshotSteps.length;
  const T = curves.steps.length;
  const { features, train, test } = display.data;
  const quantities = 2 + (curves.testLoss ? 1 : 0) + (curves.trainAccuracy ? 1 : 0);
  const side = landscapeInPlane?.landscape.xs.length ?? training.experiment.grid.size;
  const settings = JSON.stringify(training.experiment).length;
  switch (key) {
    case 'experiment':
      return display.experiment.data.kind === 'points' ? settings : settings / 3;
    case 'data':
      return header + settings + 4 * (train.count + test.count) * (features + 1);
    case 'onnx':
      return header + settings + 4 * P;
    case 'state-dict':
      return header + settings + 4 * P;
    case 'weights':
      return header + settings + 4 * (S + 2) * N * P;
    case 'training':
      return header + settings + 4 * quantities * T * N;
    case 'curves':
      return T * N * cell * (quantities + 1);
    case 'statistics':
      return 1_000;
    case 'networks':
      return N * cell * 7;
    case 'landscape':
      return header + settings + 4 * (3 * side * side + 5 * S * N + 3 * P);
    case 'grid':
      return side * side * cell * 5;
    case 'trajectories':
      return S * N * cell * 6;
    case 'script':
      return 14_000;
    case 'notebook':
      return 20_000;
  }
}

/** Texts shrink to about half in a zip; tensors do not. */
export const inZip = (key: ExportKey, bytes: number): number =>
  ['curves', 'grid', 'trajectories', 'networks'].includes(key) ? 0.45 * bytes : bytes;
