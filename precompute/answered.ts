// Answers of analyses, kept apart from the artifacts that they stand in: what an answer depends on has not changed, it is taken from here.
import { canonicalJson } from '../src/artifact/canonical-json.ts';
import { sha256 } from '../src/artifact/checksum.ts';
import { inputPaths } from '../src/artifact/inputs.ts';
import type { AnsweredSpec } from '../src/landscape/analyses/index.ts';
import type { StudyCondition } from '../src/landscape/study.ts';
import { answersFolder } from './cache-folder.ts';
import { closureHash } from './import-closure.ts';
import type { KeptStage } from './stage-runner.ts';
import type { AnsweredAnalysis } from './stages/write.ts';
import { withStoreEntry, type StoreUse } from './store-entry.ts';

/** What an analysis is asked, of which trained networks. */
export interface Question {
  readonly name: string;
  readonly spec: AnsweredSpec;
  readonly conditions: readonly StudyCondition[];
  /** Of each condition's networks, as `trainingKeyOf` has it. */
  readonly trainings: readonly string[];
  /** Files that analyses name, this one or others. */
  readonly inputs: readonly { readonly path: string; readonly sha256: string }[];
}

/**
 * SHA-256 of what an answer depends on: the question, the networks, and the sources and packages that the analysis's
 * own file imports; equal keys, equal answers. A change in another analysis changes nothing here.
 *
 * @param sourceHash of a source file and all that it imports
 */
export async function answerKey(
  { name, spec, conditions, trainings, inputs }: Question,
  sourceHash: (file: string) => Promise<string> = closureHash,
): Promise<string> {
  const named = inputPaths({ [name]: spec });
  const sources = [
    await sourceHash(`src/landscape/analyses/${spec.kind}.ts`),
    // How an answer is written into files.
    await sourceHash('src/artifact/result-files.ts'),
  ];
  const files = inputs.filter(({ path }) => named.includes(path));
  return sha256(canonicalJson({ name, spec, conditions, trainings, files, sources }));
}

/** Gives `use` the stage that answers, or finds that this has been answered on this machine this week. */
export async function withAnsweredStage<Result>(
  request: Question & StoreUse,
  stage: Omit<KeptStage<AnsweredAnalysis>, 'cache' | 'found'>,
  use: (stage: KeptStage<AnsweredAnalysis>) => Promise<Result>,
): Promise<Result> {
  const store = answersFolder(request.cacheRoot);
  return withStoreEntry(store, await answerKey(request), request, (cache) =>
    use({ ...stage, cache, found: 'answered before, taken from there' }),
  );
}
