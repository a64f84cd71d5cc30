// Artifacts in public/data as the site's build reads them: each opened once, and nothing of it used that does not match its checksum.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ArtifactError } from '../../artifact/artifact-error.ts';
import { checkFiles } from '../../artifact/check-files.ts';
import { openArtifact, type CheckedArtifact } from '../../artifact/checked-artifact.ts';

export const dataFolder = join(process.cwd(), 'public', 'data');

/**
 * All files are checked, also those that are only copied into the site.
 *
 * @throws an error that names the file, what is wrong with it, and what to do.
 */
export async function openChecked(name: string): Promise<CheckedArtifact> {
  const where = `public/data/${name}`;
  const read = async (path: string): Promise<Uint8Array> => {
    try {
      return new Uint8Array(await readFile(join(dataFolder, name, path)));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new ArtifactError(
        `${where}/${path} cannot be read (${code}): the artifact is not whole; run the experiment again`,
      );
    }
  };
  try {
    const artifact = await openArtifact(read, where);
    await checkFiles(artifact.manifest, read, where);
    return artifact;
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    const command = `npx atlas run ${name}`;
    const remedy = error.message.includes(command) ? '' : ` ('${command}')`;
    throw new Error(`${error.message}${remedy}.`, { cause: error });
  }
}

/** What was made once for a name is made no second time. */
export function onceByName<Value>(
  make: (name: string) => Promise<Value>,
): (name: string) => Promise<Value> {
  const made = new Map<string, Promise<Value>>();
  return (name) => {
    const value = made.get(name) ?? make(name);
    made.set(name, value);
    return value;
  };
}
