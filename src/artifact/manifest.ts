// The manifest of an artifact: what was trained and asked, with what, what came out, and every file's checksum.
import { z } from 'zod';
import { nodeProviders, webProviders } from '../engine/runtime/executor.ts';
import { studySchema } from '../landscape/study.ts';
import { ArtifactError } from './artifact-error.ts';
import { answeredAnalyses, filesOf, keepsHistory } from './files.ts';
import { checkManifestHash } from './manifest-hash.ts';
import { artifactFormat, artifactVersion, olderFormats } from './manifest-version.ts';
import { parseJson } from './parse-json.ts';
import { readableJson } from './readable-json.ts';

const count = z.number().int().min(0);

/** JSON has no NaN: a statistic of nothing (no network converged) is null there. */
const number = z
  .number()
  .nullable()
  .transform((value) => value ?? NaN);

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits');

/** Names of files inside the artifact alone: no way out of its folder. */
export const artifactPath = z
  .string()
  .max(200)
  .regex(
    /^(?:(?:[a-z0-9-]+\/)?[a-z0-9-]+\.safetensors(?:\.gz)?|results\/[a-z0-9-]+\.json)$/,
    'expected a safetensors file of the artifact, or the JSON of a result',
  );

const fileListSchema = z
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

/** What is told of a condition of which all that training recorded is kept. */
const trainingSchema = z.strictObject({
  /** One number seeds all that has no seed of its own in the experiment; each purpose draws from a stream of its own. */
  seeds: z.strictObject({ seed: count, generator: z.string(), streams: z.array(z.string()) }),
  data: z.strictObject({
    features: count,
    outputs: count,
    featureNames: z.array(z.string()),
    classNames: z.array(z.string()),
    trainCount: count,
    testCount: count,
    mean: z.array(z.number()),
    scale: z.array(z.number()),
  }),
  statistics: statisticsSchema,
});

const conditionSchema = z.strictObject({
  key: z.string(),
  /** SHA-256 of the file that its data were read from; of nothing where they are generated. */
  dataHash: sha256Hex,
  /** Of the weights that training started from, where the condition names a file. */
  startHash: sha256Hex.optional(),
  sizes: z.array(count).min(2),
  parameters: count,
  networks: count,
  diverged: count,
  training: trainingSchema.optional(),
});

const evidenceSchema = z.strictObject({
  what: z.string(),
  value: number,
  interval: z.tuple([number, number]).nullable(),
  unit: z.string(),
});

const claimSchema = z.strictObject({
  id: z.string(),
  /** The analysis that it comes from. */
  analysis: z.string(),
  source: z.string(),
  found: z.string(),
  evidence: z.array(evidenceSchema).min(1),
  criterion: z.string(),
  verdict: z.enum(['shown', 'not shown', 'opposite']),
  sentence: z.string(),
});

const fieldsSchema = z.strictObject({
  format: z.literal(artifactFormat),
  schemaVersion: z.literal(artifactVersion),
  name: studySchema.shape.name,
  profile: z.enum(['published', 'quick', 'file']),
  study: studySchema,
  provider: z.enum([...nodeProviders, ...webProviders]),
  /** Why this provider and not the others. */
  providerReason: z.string(),
  /** Of the runtime and of every package that computes. */
  versions: z.record(z.string(), z.string()),
  /** SHA-256 of the sources that compute: `src/engine`, `src/learning`, `src/landscape`, ... */
  sourcesHash: sha256Hex,
  /** SHA-256 of these and of the versions: see `engineVersionOf`. */
  engineVersion: sha256Hex,
  /** SHA-256 of study, data and engine version: equal hashes, equal results. */
  contentHash: sha256Hex,
  /** What each condition's networks are and how they ended, in the order of the study's conditions. */
  conditions: z.array(conditionSchema).min(1),
  /** Files of the author's that analyses name. */
  inputs: z.array(z.strictObject({ path: z.string(), sha256: sha256Hex })),
  /** Wall time, seconds: training all conditions, and each analysis. */
  timings: z.record(z.string(), z.number().min(0)),
  /** Why an analysis has no result, by its name; every other analysis has one, in files of its own. */
  unanswered: z.record(z.string(), z.string().min(1)),
  claims: z.array(claimSchema),
  files: fileListSchema,
  /** SHA-256 of the canonical JSON of all other fields. */
  manifestHash: sha256Hex,
});

export type Manifest = z.output<typeof fieldsSchema>;
export type ConditionFacts = Manifest['conditions'][number];
export type TrainingFacts = z.output<typeof trainingSchema>;
export type ArtifactClaim = z.output<typeof claimSchema>;

/** The fields, and that they are of one artifact. */
export const manifestSchema = fieldsSchema.superRefine((manifest, { addIssue }) => {
  for (const [path, message] of disagreements(manifest)) {
    addIssue({ code: 'custom', path: [path], message });
  }
});

function* disagreements(manifest: Manifest): Generator<[keyof Manifest, string]> {
  const { name, study, conditions, unanswered, claims, files } = manifest;
  const analyses = Object.keys(study.analyses);
  const keysOf = (list: readonly { readonly key: string }[]) => list.map(({ key }) => key);
  if (name !== study.name) yield ['name', `expected that of its study, ${study.name}`];
  const keys = keysOf(study.conditions);
  if (keysOf(conditions).join() !== keys.join()) {
    yield ['conditions', `expected those of its study, ${keys.join(', ')}`];
  }
  if (study.conditions.some(({ experiment }) => experiment.name !== name)) {
    yield ['study', `expected experiments called ${name}`];
  }
  if (keepsHistory(manifest) && !isWhole(study)) {
    yield [
      'conditions',
      'expected the one of a run of its own where all that training recorded is kept',
    ];
  }
  if (!Object.keys(unanswered).every((analysis) => analyses.includes(analysis))) {
    yield ['unanswered', `expected some of its analyses: ${analyses.join(', ')}`];
  }
  const answered = answeredAnalyses(manifest);
  if (claims.some(({ analysis }) => !answered.includes(analysis))) {
    yield ['claims', `expected claims of the analyses with a result: ${listed(answered)}`];
  }
  const expected = filesOf(keepsHistory(manifest), answered);
  const isAll = files.length === expected.size && files.every(({ path }) => expected.has(path));
  if (!isAll) yield ['files', `expected ${[...expected.keys()].join(', ')}`];
}

/** Whether there is one condition, called as its experiment is. */
function isWhole({ name, title, conditions }: Manifest['study']): boolean {
  const [only, ...others] = conditions;
  const isAlone = only !== undefined && others.length === 0;
  return isAlone && only.key === name && only.title === title && only.experiment.title === title;
}

const listed = (names: readonly string[]): string => names.join(', ') || 'none';

/** Reads and checks a manifest, its own hash included; rejects with an ArtifactError, one sentence. */
export async function parseManifest(
  content: Uint8Array | string,
  where: string,
): Promise<Manifest> {
  const value = parseJson(content, where);
  checkIsNotOlder(value, where);
  const result = manifestSchema.safeParse(value);
  if (result.success) {
    await checkManifestHash(value as Record<string, unknown>, where);
    return result.data;
  }
  const issue = result.error.issues[0] as z.core.$ZodIssue;
  const place = issue.path.length > 0 ? issue.path.join('.') : 'the whole';
  throw new ArtifactError(
    `${where} is not a Loss Atlas manifest of version ${artifactVersion} (${place}: ${issue.message}): run the experiment again`,
  );
}

/** @throws ArtifactError, with what to do, where the run or the study of an experiment has a manifest of its own. */
function checkIsNotOlder(value: unknown, where: string): void {
  const { format, name } = (value ?? {}) as { format?: unknown; name?: unknown };
  if (!olderFormats.some((each) => each === format)) return;
  const again = typeof name === 'string' && /^[a-z0-9-]+$/.test(name) ? name : 'NAME';
  throw new ArtifactError(
    `${where} is of an older form, in which a run and its study were apart: make the artifact again with 'npx atlas run ${again}'`,
  );
}

/** A manifest's text: readable, with one entry a line. */
export const formatManifest = (manifest: { readonly manifestHash: string }): string =>
  readableJson(manifest);
