// What a live run is compared with at its end, taken from the artifact while the site is built.
import { trainingFile, weightsFile } from '../../artifact/files.ts';
import { decodeHistory } from '../../artifact/full-tensors.ts';
import type { PublishedRun } from '../../laboratory/retrain/compare-runs.ts';
import { weightsChecksum } from '../../worker/checksum.ts';
import { witness } from '../../worker/limits.ts';
import { openedArtifact } from './artifacts.ts';

export async function publishedRun(name: string): Promise<PublishedRun> {
  const artifact = await openedArtifact(name);
  const read = async (file: string) => ({
    bytes: await artifact.read(file),
    where: `${name}/${file}`,
  });
  const history = decodeHistory(await read(weightsFile), await read(trainingFile));
  const { networks, parameters, snapshots, curves } = history;
  const first = snapshots.subarray(witness * parameters, (witness + 1) * parameters);
  return {
    initialChecksum: networks > witness ? await weightsChecksum(first) : null,
    // JSON writes NaN as null.
    finalLosses: [...curves.trainLoss.subarray(curves.trainLoss.length - networks)],
  };
}
