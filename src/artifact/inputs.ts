// The files of the author's that analyses name: which they are, and whether they are still the same.
import type { Study } from '../landscape/study.ts';
import { ArtifactError } from './artifact-error.ts';
import type { Manifest } from './manifest.ts';

/** Wherever in the settings of analyses a `path` stands. */
export function inputPaths(analyses: Manifest['study']['analyses'] | Study['analyses']): string[] {
  const paths = new Set<string>();
  JSON.stringify(analyses, (key, value: unknown) => {
    if (key === 'path' && typeof value === 'string') paths.add(value);
    return value;
  });
  return [...paths];
}

/**
 * @param fileHash SHA-256 of a file; null where it is not here.
 * @throws ArtifactError where other files are listed than analyses name, or one of those here has changed.
 */
export async function checkInputs(
  { inputs, study }: Pick<Manifest, 'inputs' | 'study'>,
  fileHash: (path: string) => Promise<string | null>,
  where: string,
): Promise<string> {
  const [told, named] = [inputs.map(({ path }) => path), inputPaths(study.analyses)];
  if (told.join('\n') !== named.join('\n')) {
    throw new ArtifactError(
      `${where}: the files ${told.join(', ') || '(none)'} are listed where analyses name ${named.join(', ') || 'none'}; run the experiment again`,
    );
  }
  let here = 0;
  for (const { path, sha256 } of inputs) {
    const hash = await fileHash(path);
    if (hash === null) continue;
    here++;
    if (hash === sha256) continue;
    throw new ArtifactError(
      `${where} was computed from another ${path} than is here now: run the experiment again`,
    );
  }
  return `inputs: ${here} of ${inputs.length} files that analyses name are here, and as they were`;
}
