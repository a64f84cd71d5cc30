// Every file that can be taken away from a run, made when it is asked for.
import { exportKinds, exportName, startFile, type ExportKey } from './catalogue.ts';
import { csvName, experimentFile } from './experiment-file.ts';
import type { ExportedRun } from './exported-run.ts';
import { networkOnnx } from './network-onnx.ts';
import { pythonNotebook, pythonScript } from './python/script.ts';
import {
  curvesTable,
  gridTable,
  networksTable,
  statisticsTable,
  trajectoriesTable,
} from './tables.ts';
import {
  dataFile,
  landscapeFile,
  startWeightsFile,
  stateDictFile,
  trainingFile,
  weightsFile,
} from './tensor-files.ts';

export type FileContent = string | Uint8Array<ArrayBuffer>;

const makers: Readonly<
  Record<ExportKey, (run: ExportedRun, network: number) => FileContent | null>
> = {
  experiment: experimentFile,
  data: dataFile,
  onnx: networkOnnx,
  'state-dict': stateDictFile,
  weights: weightsFile,
  training: trainingFile,
  landscape: landscapeFile,
  curves: curvesTable,
  statistics: statisticsTable,
  networks: networksTable,
  grid: gridTable,
  trajectories: trajectoriesTable,
  script: pythonScript,
  notebook: pythonNotebook,
};

/**
 * One file of a run; null for the landscape's where none has been computed.
 * @param network whose weights stand in the files of one network.
 */
export const exportContent = (
  key: ExportKey,
  run: ExportedRun,
  network: number,
): FileContent | null => makers[key](run, network);

export interface NamedFile {
  readonly name: string;
  make(): FileContent | null;
}

/** All files of a run, with those that its experiment reads; each is made when it is asked for. */
export function exportedFiles(run: ExportedRun, network: number): readonly NamedFile[] {
  const files: NamedFile[] = exportKinds.map(({ key }) => ({
    name: exportName(key, network),
    make: () => exportContent(key, run, network),
  }));
  return [...files, ...filesBeside(run)];
}

/** What `experiment.json` names: the reader's CSV file, and the weights with which training began. */
export function filesBeside(run: ExportedRun): readonly NamedFile[] {
  const csv = csvName(run.experiment);
  return [
    ...(csv !== null && run.csv !== null ? [{ name: csv, make: () => run.csv }] : []),
    ...(run.startWeights ? [{ name: startFile, make: () => startWeightsFile(run) }] : []),
  ];
}
