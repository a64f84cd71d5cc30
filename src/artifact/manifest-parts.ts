// What the manifests of runs and of studies have in common.
import { z } from 'zod';
import { ArtifactError } from './artifact-error.ts';

/** JSON has no NaN: a statistic of nothing (no network converged) is null there. */
export const number = z
  .number()
  .nullable()
  .transform((value) => value ?? NaN);

export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits');

/** Names of files inside the artifact alone: no way out of its folder. */
export const artifactPath = z
  .string()
  .max(200)
  .regex(
    /^(?:[a-z0-9-]+\/)?[a-z0-9-]+\.safetensors(\.gz)?$/,
    'expected a safetensors file of the artifact',
  );

export const fileListSchema = z
  .array(
    z.strictObject({
      path: artifactPath,
      bytes: z.number().int().min(0),
      sha256: sha256Hex,
      purpose: z.string(),
    }),
  )
  .refine(
    (files) => new Set(files.map(({ path }) => path)).size === files.length,
    'expected each file once',
  );

/** Reads and checks a manifest; @throws ArtifactError, one sentence. */
export function parseManifestBySchema<Schema extends z.ZodType>(
  schema: Schema,
  content: Uint8Array | string,
  where: string,
  what: string,
  version: number,
): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(
      typeof content === 'string'
        ? content
        : new TextDecoder('utf-8', { fatal: true }).decode(content),
    );
  } catch {
    throw new ArtifactError(`${where} is not JSON: run the experiment again`);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0] as z.core.$ZodIssue;
  const place = issue.path.length > 0 ? issue.path.join('.') : 'the whole';
  throw new ArtifactError(
    `${where} is not a Loss Atlas ${what} of version ${version} (${place}: ${issue.message}): run the experiment again`,
  );
}

/** A manifest's text: readable, with one entry a line. */
export const formatManifest = (manifest: object): string =>
  `${JSON.stringify(manifest, null, 2)}\n`;
