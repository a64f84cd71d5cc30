// The manifest of an artifact: what was run, with what, what came out, and every file's checksum.
import { z } from 'zod';
import { nodeProviders, webProviders } from '../engine/runtime/executor.ts';
import { experimentSchema } from '../learning/experiment.ts';
import { fileListSchema, number, parseManifestBySchema, sha256Hex } from './manifest-parts.ts';
export { formatManifest } from './manifest-parts.ts';
import { manifestFormat, manifestVersion } from './manifest-version.ts';

const count = z.number().int().min(0);

const summarySchema = z.strictObject({
  count,
  missing: count,
  mean: number,
  standardDeviation: number,
  median: number,
  lowerQuartile: number,
  upperQuartile: number,
  minimum: number,
  maximum: number,
  meanInterval: z.tuple([number, number]),
  medianInterval: z.tuple([number, number]),
});

const outcomes = ['converged', 'stuck', 'diverged'] as const;

const statisticsSchema = z.strictObject({
  trainLoss: summarySchema,
  testLoss: summarySchema.nullable(),
  trainAccuracy: summarySchema.nullable(),
  testAccuracy: summarySchema.nullable(),
  epochsToThreshold: summarySchema,
  threshold: z.number(),
  outcomes: z.record(z.enum(outcomes), count),
  outcomeOf: z.array(z.enum(outcomes)),
  criteria: z.record(z.enum(outcomes), z.string()),
  divergedAt: z.array(z.number().int().min(-1)),
});

export const manifestSchema = z.strictObject({
  format: z.literal(manifestFormat),
  schemaVersion: z.literal(manifestVersion),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  profile: z.enum(['published', 'quick', 'file']),
  experiment: experimentSchema,
  /** One number seeds everything; each purpose draws from a stream of its own. */
  seeds: z.strictObject({ seed: count, generator: z.string(), streams: z.array(z.string()) }),
  provider: z.enum([...nodeProviders, ...webProviders]),
  /** Why this provider and not the others. */
  providerReason: z.string(),
  /** Of the runtime and of every package that computes. */
  versions: z.record(z.string(), z.string()),
  /** SHA-256 of the sources that compute: `src/engine`, `src/learning`, `src/landscape`, ... */
  sourcesHash: sha256Hex,
  /** SHA-256 of these and of the versions: see `engineVersionOf`. */
  engineVersion: sha256Hex,
  /** SHA-256 of configuration, data and engine version: equal hashes, equal results. */
  contentHash: sha256Hex,
  data: z.strictObject({
    features: count,
    outputs: count,
    featureNames: z.array(z.string()),
    classNames: z.array(z.string()),
    /** Of the file they were read from; of nothing where they are generated. */
    sha256: sha256Hex,
    trainCount: count,
    testCount: count,
    mean: z.array(z.number()),
    scale: z.array(z.number()),
  }),
  /** Of the weights that training started from, where the experiment names a file; they are the first snapshot. */
  start: z.strictObject({ sha256: sha256Hex }).optional(),
  network: z.strictObject({ sizes: z.array(count).min(2), parameters: count }),
  /** Wall time of each stage, seconds. */
  timings: z.record(z.string(), z.number().min(0)),
  statistics: statisticsSchema,
  explainedVariance: z.array(z.number()),
  nullExplainedVariance: z.array(z.number()),
  projection: z.enum(['covariance', 'gram', 'none']),
  files: fileListSchema,
  /** SHA-256 of the canonical JSON of all other fields. */
  manifestHash: sha256Hex,
});

export type Manifest = z.output<typeof manifestSchema>;

/** Reads and checks a manifest; rejects with an ArtifactError, one sentence. */
export const parseManifest = (content: Uint8Array | string, where: string): Promise<Manifest> =>
  parseManifestBySchema(manifestSchema, content, where, 'manifest', manifestVersion);
