// Whether a study's artifact holds what it says: schema, checksums, starts, every number that follows, and samples evaluated again.
import type {
  AnalysisContext,
  ReadTensors,
  Recheck,
  TrainedCondition,
} from '../landscape/analyses/analysis.ts';
import type { Claim } from '../landscape/analyses/claim.ts';
import { tensorsOf } from '../landscape/analyses/derived.ts';
import { analysisOf, type AnalysisSpec } from '../landscape/analyses/index.ts';
import type { Executor } from '../engine/runtime/executor.ts';
import { ArtifactError } from './artifact-error.ts';
import { canonicalJson } from './canonical-json.ts';
import { checkDerived, checkRechecks } from './check-again.ts';
import { checkFiles } from './check-files.ts';
import { studyHash } from './content-hash.ts';
import { checkVersions } from './engine-version.ts';
import { manifestFile } from './files.ts';
import { readResult } from './study-content.ts';
import { answeredAnalyses, shownResultFile } from './study-files.ts';
import { checkInputs } from './study-inputs.ts';
import { parseStudyManifest, type StudyManifest } from './study-manifest.ts';
import { unzippedFile } from './unzipped-file.ts';
import type { Finding } from './verify.ts';
import { checkDivergedCounts, readConditions, type ConditionSources } from './verify-conditions.ts';
import { checkShown } from './verify-shown.ts';

export interface VerifyStudyOptions extends ConditionSources {
  readonly executor: Executor;
  readonly readTensors: ReadTensors;
  /** SHA-256 of a file that an analysis names; null where it is not here. */
  readonly fileHash: (path: string) => Promise<string | null>;
  readonly signal: AbortSignal;
}

/** @throws ArtifactError at the first thing that does not hold. */
export async function verifyStudy(options: VerifyStudyOptions): Promise<Finding[]> {
  const { read, where } = options;
  const findings: Finding[] = [];
  const manifest = await parseStudyManifest(await read(manifestFile), `${where}/${manifestFile}`);
  findings.push(
    `study manifest: version ${manifest.schemaVersion}, every field as the schema asks, its own SHA-256 as told`,
  );
  await checkFiles(manifest, read, where);
  findings.push(`study files: ${manifest.files.length} files, sizes and SHA-256 as listed`);
  await checkHash(manifest, where);
  findings.push('study content hash: follows from study, data and engine version');
  findings.push(`study ${await checkVersions(manifest, where)}`);
  const inputs = await checkInputs(manifest, options.fileHash, where);
  if (manifest.inputs.length > 0) findings.push(inputs);

  const conditions = await readConditions(manifest, options);
  findings.push(
    `starts: those of ${conditions.some(({ experiment }) => experiment.start) ? 'the file named or of the seed' : 'the seed'} in ${conditions.length === 1 ? 'the one condition' : `all ${conditions.length} conditions`}, bit for bit`,
  );
  const { executor, readTensors, signal } = options;
  const context: AnalysisContext<TrainedCondition> = {
    executor,
    conditions,
    signal,
    readTensors,
    onProgress: () => {},
  };
  let claimed = 0;
  for (const name of answeredAnalyses(manifest)) {
    signal.throwIfAborted();
    const spec = manifest.study.analyses[name] as AnalysisSpec;
    const result = await readResult(name, read, where);
    const analysis = analysisOf(spec);
    const { derived, rechecks, claims } = await asResultOf(name, where, async () => {
      // Before all else: what follows shows that the rest makes sense.
      const follows = await analysis.derived(context, spec, tensorsOf(result));
      return {
        derived: checkDerived(result, follows, `${where}: ${name}`),
        rechecks: await analysis.recheck(context, spec, result),
        claims: analysis.claims(context, spec, result),
      };
    });
    findings.push(finding(name, derived, rechecks, where));
    checkDivergedCounts(manifest, spec, result, where);
    checkClaims(name, claims, manifest, where);
    claimed += claims.length;
    const shown = `${where}/${shownResultFile(name)}`;
    checkShown(result, await unzippedFile(await read(shownResultFile(name)), shown), shown);
  }
  findings.push(`display: the page's copies show the results, but for their rounding`);
  if (claimed !== manifest.claims.length) {
    throw new ArtifactError(
      `${where}: ${manifest.claims.length} claims stand in the manifest where the results bear on ${claimed}; run the experiment again`,
    );
  }
  if (claimed > 0) findings.push(`claims: all ${claimed} follow from the results`);
  const open = Object.keys(manifest.unanswered);
  if (open.length > 0) {
    const all = Object.keys(manifest.study.analyses).length;
    findings.push(
      `not answered: ${open.length} of ${all} analyses (${open.join(', ')}), and so not checked`,
    );
  }
  return findings;
}

/** What an analysis cannot make sense of is no result of its own, whatever stumbles over it. */
async function asResultOf<Result>(
  analysis: string,
  where: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    throw new ArtifactError(
      `${where}: the result of ${analysis} cannot be checked (${error.message}): it is damaged or another analysis's; run the experiment again`,
    );
  }
}

/** What a claim says follows from its analysis's result, to the letter. */
function checkClaims(
  analysis: string,
  claims: readonly Claim[],
  manifest: StudyManifest,
  where: string,
): void {
  const told = manifest.claims.filter((claim) => claim.analysis === analysis);
  claims.forEach((claim, index) => {
    const { analysis: _, ...recorded } = told[index] ?? { analysis };
    if (canonicalJson(recorded) === canonicalJson(claim)) return;
    throw new ArtifactError(
      `${where}: the claim "${claim.id}" does not follow from the result of ${analysis}; run the experiment again`,
    );
  });
}

async function checkHash(manifest: StudyManifest, where: string): Promise<void> {
  const { study, engineVersion, conditions, inputs } = manifest;
  const dataHashes = [
    ...conditions.map((each) => each.dataHash),
    ...inputs.map((each) => each.sha256),
  ];
  const startHashes = conditions.map((each) => each.startHash);
  const hash = await studyHash({ study, dataHashes, startHashes, engineVersion });
  if (hash === manifest.contentHash) return;
  throw new ArtifactError(
    `${where}: the content hash does not follow from study, data and engine version; run the experiment again`,
  );
}

/** @throws ArtifactError for the first number that does not come out again. */
function finding(
  analysis: string,
  derived: number,
  rechecks: readonly Recheck[],
  where: string,
): Finding {
  const worst = checkRechecks(rechecks, `${where}: ${analysis}`);
  const count = derived + rechecks.length;
  const follow = `${analysis}: ${count} numbers computed again (${derived} that follow from tensors, weights and settings`;
  if (rechecks.length === 0) return `${follow})`;
  const named = [...new Set(rechecks.map(({ what }) => what.replace(/ (of|on|at|in) .*/, '')))];
  return `${follow}, ${rechecks.length} of tensors: ${named.slice(0, 4).join(', ')}), within ${worst.toExponential(1)}`;
}
