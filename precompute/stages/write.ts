// The last stage: the artifact, whole or not at all.
import { sha256 } from '../../src/artifact/checksum.ts';
import { encodeCurves } from '../../src/artifact/display-curves.ts';
import { encodeData } from '../../src/artifact/display-data.ts';
import { filesOf, manifestFile, trainingDisplay } from '../../src/artifact/files.ts';
import { zipped } from '../../src/artifact/gzip.ts';
import { withManifestHash } from '../../src/artifact/manifest-hash.ts';
import { artifactFormat, artifactVersion } from '../../src/artifact/manifest-version.ts';
import { formatManifest, manifestSchema, type Manifest } from '../../src/artifact/manifest.ts';
import { resultFiles, type EncodedResult } from '../../src/artifact/result-files.ts';
import {
  conditionFacts,
  trainingFacts,
  type ConditionHashes,
} from '../../src/artifact/training-facts.ts';
import { encodeConditions } from '../../src/artifact/weights-file.ts';
import type { Condition } from '../../src/landscape/analyses/analysis.ts';
import type { Claim } from '../../src/landscape/analyses/claim.ts';
import type { AnsweredStudy } from '../../src/landscape/study.ts';
import { packageVersions } from '../package-versions.ts';
import { writeFolderAtomically, type WriteGuard } from '../replace-folder.ts';

/** An analysis's outcome, ready to be kept. */
export interface AnsweredAnalysis extends EncodedResult {
  readonly claims: readonly Claim[];
}

export interface ArtifactContent {
  readonly study: AnsweredStudy;
  /** Whether all that training recorded is kept, as it is of a run of its own. */
  readonly isWhole: boolean;
  readonly profile: Manifest['profile'];
  readonly conditions: readonly Condition[];
  readonly conditionHashes: readonly ConditionHashes[];
  readonly inputs: Manifest['inputs'];
  readonly answers: ReadonlyMap<string, AnsweredAnalysis>;
  /** Why an analysis has no answer, by its name. */
  readonly unanswered: Readonly<Record<string, string>>;
  readonly sourcesHash: string;
  readonly engineVersion: string;
  readonly contentHash: string;
  readonly timings: Readonly<Record<string, number>>;
  readonly provider: string;
  readonly providerReason: string;
}

export async function writeStage(
  folder: string,
  content: ArtifactContent,
  guard: WriteGuard,
): Promise<Manifest> {
  const { study, isWhole, conditions, conditionHashes, answers, ...facts } = content;
  const [first] = conditions as [Condition];
  const files = new Map([
    ...encodeConditions(conditions, isWhole),
    ...(isWhole ? await displayOfTraining(first) : []),
    ...(await resultFiles(answers)),
  ]);
  const told = conditions.map((condition, index) => ({
    ...conditionFacts(condition, conditionHashes[index] as ConditionHashes),
    ...(isWhole ? { training: trainingFacts(condition) } : {}),
  }));
  // Read by its own schema, so that nothing is written that could not be read again.
  const manifest = manifestSchema.parse(
    await asFile({
      format: artifactFormat,
      schemaVersion: artifactVersion,
      name: study.name,
      ...facts,
      study,
      versions: await packageVersions(),
      conditions: told,
      claims: [...answers].flatMap(([analysis, { claims }]) =>
        claims.map((claim) => ({ ...claim, analysis })),
      ),
      files: await listed(files, filesOf(isWhole, [...answers.keys()])),
    }),
  );
  const all = new Map<string, Uint8Array | string>(files);
  await writeFolderAtomically(folder, all.set(manifestFile, formatManifest(manifest)), guard);
  return manifest;
}

async function displayOfTraining({
  data,
  history,
}: Condition): Promise<Iterable<readonly [string, Uint8Array]>> {
  return [
    [trainingDisplay.data, await zipped(encodeData(data))],
    [trainingDisplay.curves, await zipped(encodeCurves(history.curves))],
  ];
}

const listed = (
  files: ReadonlyMap<string, Uint8Array>,
  purposes: ReadonlyMap<string, string>,
): Promise<Manifest['files']> =>
  Promise.all(
    [...files].map(async ([path, bytes]) => ({
      path,
      bytes: bytes.length,
      sha256: await sha256(bytes),
      purpose: purposes.get(path) ?? '',
    })),
  );

/** As the file will have it: without NaN, which is null there, and with its own hash. */
const asFile = async (fields: object): Promise<unknown> =>
  JSON.parse(JSON.stringify(await withManifestHash(fields)));
