// What an earlier version kept beside an artifact: the study of the same experiment, in a folder of its own.
import { basename, dirname, join } from 'node:path';
import { olderStudyFolder } from '../src/artifact/manifest-version.ts';
import { deleteArtifact, isArtifact, whatIsInTheWay } from './artifact-ownership.ts';

/** Deletes it where it is ours and holds nothing else: its analyses are in the artifact now. */
export async function deleteOlderStudy(
  folder: string,
  note: (line: string) => void,
): Promise<void> {
  const older = join(dirname(folder), olderStudyFolder(basename(folder)));
  if (!(await isArtifact(older))) return;
  const sentence = await whatIsInTheWay(older);
  if (sentence !== null) return note(`the study of an earlier version stays: ${sentence}`);
  await deleteArtifact(older);
  note(`${older} was the study of an earlier version and is deleted: it is in ${folder} now`);
}
