// The artifact of a study, whole or not at all.
import { sha256 } from '../../src/artifact/checksum.ts';
import { manifestFile } from '../../src/artifact/files.ts';
import { withManifestHash } from '../../src/artifact/manifest-hash.ts';
import { formatManifest } from '../../src/artifact/manifest-parts.ts';
import { studyFormat, studyVersion } from '../../src/artifact/manifest-version.ts';
import {
  encodeStudyWeights,
  studyFilePurpose,
  studyFiles,
  type EncodedResult,
} from '../../src/artifact/study-content.ts';
import { studyManifestSchema, type StudyManifest } from '../../src/artifact/study-manifest.ts';
import type { Condition } from '../../src/landscape/analyses/analysis.ts';
import type { Claim } from '../../src/landscape/analyses/claim.ts';
import type { Study } from '../../src/landscape/study.ts';
import { writeFolderAtomically, type WriteGuard } from '../replace-folder.ts';
import { packageVersions } from '../package-versions.ts';

export interface StudyContent {
  readonly study: Study;
  readonly profile: StudyManifest['profile'];
  readonly conditions: readonly Condition[];
  readonly conditionHashes: readonly string[];
  readonly startHashes: readonly (string | undefined)[];
  readonly inputs: StudyManifest['inputs'];
  readonly answers: ReadonlyMap<string, EncodedResult & { readonly claims: readonly Claim[] }>;
  /** Why an analysis has no answer, by its name. */
  readonly unanswered: Readonly<Record<string, string>>;
  readonly sourcesHash: string;
  readonly engineVersion: string;
  readonly contentHash: string;
  readonly timings: Readonly<Record<string, number>>;
  readonly provider: string;
  readonly providerReason: string;
}

export async function writeStudyStage(
  folder: string,
  content: StudyContent,
  guard: WriteGuard,
): Promise<StudyManifest> {
  const { study, conditions, conditionHashes, startHashes, answers, ...facts } = content;
  const files = await studyFiles(encodeStudyWeights(conditions), answers);
  const listed = [...files].map(async ([path, bytes]) => ({
    path,
    bytes: bytes.length,
    sha256: await sha256(bytes),
    purpose: studyFilePurpose(path),
  }));
  const { name, title } = study;
  // Read by its own schema, so that nothing is written that could not be read again.
  const manifest = studyManifestSchema.parse(
    await asFile({
      format: studyFormat,
      schemaVersion: studyVersion,
      name,
      ...facts,
      study: { name, title, conditions: study.conditions, analyses: study.analyses },
      versions: await packageVersions(),
      conditions: conditions.map(({ key, network, history }, index) => ({
        key,
        dataHash: conditionHashes[index],
        startHash: startHashes[index],
        sizes: network.sizes,
        parameters: history.parameters,
        networks: history.networks,
        diverged: history.divergedAt.reduce((count, step) => count + Number(step >= 0), 0),
      })),
      claims: [...answers].flatMap(([analysis, { claims }]) =>
        claims.map((claim) => ({ ...claim, analysis })),
      ),
      files: await Promise.all(listed),
    }),
  );
  const all = new Map<string, Uint8Array | string>(files);
  await writeFolderAtomically(folder, all.set(manifestFile, formatManifest(manifest)), guard);
  return manifest;
}

/** As the file will have it: without NaN, which is null there, and with its own hash. */
const asFile = async (fields: object): Promise<unknown> =>
  JSON.parse(JSON.stringify(await withManifestHash(fields)));
