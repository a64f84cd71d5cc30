// Whether an artifact holds what it says: schema, checksums, conditions, every number that follows, and samples evaluated again.
import type { Executor } from '../engine/runtime/executor.ts';
import type {
  ReadTensors,
  TrainedCondition,
  WholeCondition,
} from '../landscape/analyses/analysis.ts';
import { analysesOfWholeRuns } from '../landscape/analyses/index.ts';
import { seedsOf } from '../learning/seeds.ts';
import { ArtifactError } from './artifact-error.ts';
import { checkFiles } from './check-files.ts';
import { contentHash } from './content-hash.ts';
import { checkVersions } from './engine-version.ts';
import { answeredAnalyses, filesOf, keepsHistory, manifestFile } from './files.ts';
import { checkInputs } from './inputs.ts';
import { parseManifest, type Manifest } from './manifest.ts';
import { readConditions, type ConditionSources } from './verify-conditions.ts';
import { checkResults } from './verify-results.ts';
import { checkTraining, type Finding } from './verify-training.ts';

export interface VerifyOptions extends ConditionSources {
  readonly executor: Executor;
  readonly readTensors: ReadTensors;
  /** SHA-256 of a file that an analysis names; null where it is not here. */
  readonly fileHash: (path: string) => Promise<string | null>;
  readonly signal: AbortSignal;
}

/** @throws ArtifactError at the first thing that does not hold. */
export async function verifyArtifact(options: VerifyOptions): Promise<Finding[]> {
  const { read, where, executor, readTensors, signal } = options;
  const findings: Finding[] = [];
  const manifest = await parseManifest(await read(manifestFile), `${where}/${manifestFile}`);
  findings.push(
    `manifest: version ${manifest.schemaVersion}, every field as the schema asks, its own SHA-256 as told`,
  );
  await checkFiles(manifest, read, where);
  checkPurposes(manifest, where);
  findings.push(`files: ${manifest.files.length} files, sizes and SHA-256 as listed`);
  checkOwnAnalyses(manifest, where);
  await checkHash(manifest, where);
  findings.push('content hash: follows from study, data and engine version');
  findings.push(await checkVersions(manifest, where));
  const inputs = await checkInputs(manifest, options.fileHash, where);
  if (manifest.inputs.length > 0) findings.push(inputs);

  const conditions = await readConditions(manifest, options);
  findings.push(startsFinding(conditions));
  const [condition] = conditions as [TrainedCondition];
  const facts = manifest.conditions[0]?.training;
  if (facts)
    findings.push(
      ...(await checkTraining({ executor }, condition as WholeCondition, facts, read, where)),
    );
  const context = { executor, conditions, signal, readTensors, onProgress: () => {} };
  findings.push(...(await checkResults(manifest, context, read, where)));
  const open = Object.keys(manifest.unanswered);
  if (open.length > 0) {
    const all = Object.keys(manifest.study.analyses).length;
    findings.push(
      `not answered: ${open.length} of ${all} analyses (${open.join(', ')}), and so not checked`,
    );
  }
  return findings;
}

function startsFinding(conditions: readonly TrainedCondition[]): Finding {
  const [only] = conditions as [TrainedCondition];
  if (conditions.length === 1) {
    const { start } = only.experiment;
    return start
      ? `starts: initial weights of ${start.path}, by their SHA-256`
      : `starts: initial weights of seed ${seedsOf(only.experiment).starts}, bit for bit`;
  }
  const isFromFile = conditions.some(({ experiment }) => experiment.start);
  return `starts: those of ${isFromFile ? 'the file named or of the seed' : 'the seed'} in all ${conditions.length} conditions, bit for bit`;
}

async function checkHash(manifest: Manifest, where: string): Promise<void> {
  const { study, engineVersion, conditions, inputs } = manifest;
  const hash = await contentHash({
    study,
    dataHashes: [...conditions.map((each) => each.dataHash), ...inputs.map((each) => each.sha256)],
    startHashes: conditions.map((each) => each.startHash),
    engineVersion,
  });
  if (hash === manifest.contentHash) return;
  throw new ArtifactError(
    `${where}: the content hash does not follow from study, data and engine version; run the experiment again`,
  );
}

/** What each file is for stands beside it. */
function checkPurposes(manifest: Manifest, where: string): void {
  const purposes = filesOf(keepsHistory(manifest), answeredAnalyses(manifest));
  const other = manifest.files.find(({ path, purpose }) => purposes.get(path) !== purpose);
  if (!other) return;
  throw new ArtifactError(
    `${where}: the manifest lists ${other.path} as "${other.purpose}" where "${purposes.get(other.path)}" was expected; run the experiment again`,
  );
}

/** A run of its own has its landscape and boundaries, and no other artifact has. */
function checkOwnAnalyses(manifest: Manifest, where: string): void {
  const isWhole = keepsHistory(manifest);
  for (const [name, { kind }] of Object.entries(analysesOfWholeRuns)) {
    const { [name]: own } = manifest.study.analyses;
    const isThere = own?.kind === kind && !Object.hasOwn(manifest.unanswered, name);
    const others = Object.values(manifest.study.analyses).filter((each) => each.kind === kind);
    if (isWhole ? isThere && others.length === 1 : others.length === 0) continue;
    throw new ArtifactError(
      `${where}: ${isWhole ? 'a run of its own lacks its' : 'ways of training that are compared have a'} ${kind}; run the experiment again`,
    );
  }
}
