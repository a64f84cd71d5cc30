// The manifest of a study's artifact: what was compared and asked, what came out, and every file's checksum.
import { z } from 'zod';
import { nodeProviders, webProviders } from '../engine/runtime/executor.ts';
import { studySchema } from '../landscape/study.ts';
import { fileListSchema, number, parseManifestBySchema, sha256Hex } from './manifest-parts.ts';
import { studyFormat, studyVersion } from './manifest-version.ts';

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

export const studyManifestSchema = z.strictObject({
  format: z.literal(studyFormat),
  schemaVersion: z.literal(studyVersion),
  name: studySchema.shape.name,
  profile: z.enum(['published', 'quick', 'file']),
  study: studySchema,
  provider: z.enum([...nodeProviders, ...webProviders]),
  /** Why this provider and not the others. */
  providerReason: z.string(),
  versions: z.record(z.string(), z.string()),
  engineVersion: sha256Hex,
  /** SHA-256 of study, data and engine version: equal hashes, equal results. */
  contentHash: sha256Hex,
  /** What each condition's networks are and how they ended, in the order of the study's conditions. */
  conditions: z.array(
    z.strictObject({
      key: z.string(),
      dataHash: sha256Hex,
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
  /** By analysis: plain data, in which `{ "tensor": NAME }` stands for a tensor of the analysis's file. */
  results: z.record(z.string(), z.unknown()),
  claims: z.array(claimSchema),
  files: fileListSchema,
});

export type StudyManifest = z.output<typeof studyManifestSchema>;
export type StudyClaim = z.output<typeof claimSchema>;

/** Reads and checks a study's manifest; @throws ArtifactError, one sentence. */
export const parseStudyManifest = (content: Uint8Array | string, where: string): StudyManifest =>
  parseManifestBySchema(studyManifestSchema, content, where, 'study manifest', studyVersion);
