// What the manifests of runs and of studies have in common.
import { z } from 'zod';
import { ArtifactError } from './artifact-error.ts';
import { checkManifestHash } from './manifest-hash.ts';
import { parseJson } from './parse-json.ts';
import { readableJson } from './readable-json.ts';

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
    /^(?:(?:[a-z0-9-]+\/)?[a-z0-9-]+\.safetensors(?:\.gz)?|results\/[a-z0-9-]+\.json)$/,
    'expected a safetensors file of the artifact, or the JSON of a result',
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

/** Reads and checks a manifest, its own hash included; rejects with an ArtifactError, one sentence. */
export async function parseManifestBySchema<Schema extends z.ZodType>(
  schema: Schema,
  content: Uint8Array | string,
  where: string,
  what: string,
  version: number,
): Promise<z.output<Schema>> {
  const value = parseJson(content, where);
  const result = schema.safeParse(value);
  if (result.success) {
    await checkManifestHash(value as Record<string, unknown>, where);
    return result.data;
  }
  const issue = result.error.issues[0] as z.core.$ZodIssue;
  const place = issue.path.length > 0 ? issue.path.join('.') : 'the whole';
  throw new ArtifactError(
    `${where} is not a Loss Atlas ${what} of version ${version} (${place}: ${issue.message}): run the experiment again`,
  );
}

/** A manifest's text: readable, with one entry a line. */
export const formatManifest = (manifest: { readonly manifestHash: string }): string =>
  readableJson(manifest);
