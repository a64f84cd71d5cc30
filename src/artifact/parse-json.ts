// A JSON file of an artifact, parsed or refused in one sentence.
import { ArtifactError } from './artifact-error.ts';

/** @throws ArtifactError where it is not JSON in UTF-8. */
export function parseJson(content: Uint8Array | string, where: string): unknown {
  try {
    return JSON.parse(
      typeof content === 'string'
        ? content
        : new TextDecoder('utf-8', { fatal: true }).decode(content),
    );
  } catch {
    throw new ArtifactError(`${where} is not JSON: run the experiment again`);
  }
}
