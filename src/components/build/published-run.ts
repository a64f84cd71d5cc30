// What a live run is compared with at its end, taken from the artifact while the site is built.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fullFiles } from '../../artifact/files.ts';
import { decodeHistory } from '../../artifact/full-tensors.ts';
import type { PublishedRun } from '../../widgets/live-retrain/compare-runs.ts';
import { weightsChecksum } from '../../worker/checksum.ts';
import { witness } from '../../worker/limits.ts';

const folder = join(process.cwd(), 'public', 'data');

export async function publishedRun(name: string): Promise<PublishedRun> {
  const read = async (file: string) => {
    const where = `${name}/${file}`;
    return { bytes: new Uint8Array(await readFile(join(folder, where))), where };
  };
  const history = decodeHistory(await read(fullFiles.weights), await read(fullFiles.training));
  const { networks, parameters, snapshots, curves } = history;
  const first = snapshots.subarray(witness * parameters, (witness + 1) * parameters);
  return {
    initialChecksum: networks > witness ? await weightsChecksum(first) : null,
    // JSON writes NaN as null.
    finalLosses: [...curves.trainLoss.subarray(curves.trainLoss.length - networks)],
  };
}
