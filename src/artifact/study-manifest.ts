// The manifest of a study's artifact: what was compared and asked, what came out, and every file's checksum.
import { z } from 'zod';
import { nodeProviders, webProviders } from '../engine/runtime/executor.ts';
import { studySchema } from '../landscape/study.ts';
import { fileListSchema, number, parseManifestBySchema, sha256Hex } from './manifest-parts.ts';
import { studyFormat, studyVersion } from './manifest-version.ts';
import { answeredAnalyses, filesOfStudy } from './study-files.ts';

const count = z.number().int().min(0);

const evidenceSchema = z.strictObject({
  what: z.string(),
  value: number,
  interval: z.tuple([number, number]).nullable(),
  unit: z.string(),
});

export const claimSchema = z.strictObject({
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
  format: z.literal(studyFormat),
  schemaVersion: z.literal(studyVersion),
  name: studySchema.shape.name,
  profile: z.enum(['published', 'quick', 'file']),
  study: studySchema,
  provider: z.enum([...nodeProviders, ...webProviders]),
  /** Why this provider and not the others. */
  providerReason: z.string(),
  versions: z.record(z.string(), z.string()),
  sourcesHash: sha256Hex,
  engineVersion: sha256Hex,
  /** SHA-256 of study, data and engine version: equal hashes, equal results. */
  contentHash: sha256Hex,
  /** What each condition's networks are and how they ended, in the order of the study's conditions. */
  conditions: z.array(
    z.strictObject({
      key: z.string(),
      dataHash: sha256Hex,
      /** Of the weights that training started from, where the condition names a file. */
      startHash: sha256Hex.optional(),
      sizes: z.array(count).min(2),
      parameters: count,
      networks: count,
      diverged: count,
    }),
  ),
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

export type StudyManifest = z.output<typeof fieldsSchema>;

/** The fields, and that they are of one study. */
export const studyManifestSchema = fieldsSchema.superRefine((manifest, { addIssue }) => {
  for (const [path, message] of disagreements(manifest)) {
    addIssue({ code: 'custom', path: [path], message });
  }
});

function* disagreements(manifest: StudyManifest): Generator<[keyof StudyManifest, string]> {
  const { name, study, conditions, unanswered, claims, files } = manifest;
  const analyses = Object.keys(study.analyses);
  const keysOf = (list: readonly { readonly key: string }[]) => list.map(({ key }) => key);
  if (name !== study.name) yield ['name', `expected that of its study, ${study.name}`];
  const keys = keysOf(study.conditions);
  if (keysOf(conditions).join() !== keys.join()) {
    yield ['conditions', `expected those of its study, ${keys.join(', ')}`];
  }
  if (!Object.keys(unanswered).every((analysis) => analyses.includes(analysis))) {
    yield ['unanswered', `expected some of its analyses: ${analyses.join(', ')}`];
  }
  const answered = answeredAnalyses(manifest);
  if (claims.some(({ analysis }) => !answered.includes(analysis))) {
    yield ['claims', `expected claims of the analyses with a result: ${listed(answered)}`];
  }
  const paths = filesOfStudy(answered);
  if (
    !sameMembers(
      files.map(({ path }) => path),
      paths,
    )
  ) {
    yield ['files', `expected ${paths.join(', ')}`];
  }
}

const listed = (names: readonly string[]): string => names.join(', ') || 'none';

/** Of lists that name nothing twice. */
const sameMembers = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((each) => others.includes(each));
export type StudyClaim = z.output<typeof claimSchema>;

/** Reads and checks a study's manifest; rejects with an ArtifactError, one sentence. */
export const parseStudyManifest = (
  content: Uint8Array | string,
  where: string,
): Promise<StudyManifest> =>
  parseManifestBySchema(studyManifestSchema, content, where, 'study manifest', studyVersion);
