// Whether the results of an artifact hold: every number that follows, samples evaluated again, claims, and what pages are shown.
import type { AnalysisContext, Recheck, TrainedCondition } from '../landscape/analyses/analysis.ts';
import type { Claim } from '../landscape/analyses/claim.ts';
import { tensorsOf } from '../landscape/analyses/derived.ts';
import { analysisOf, type AnsweredSpec } from '../landscape/analyses/index.ts';
import { ArtifactError } from './artifact-error.ts';
import { canonicalJson } from './canonical-json.ts';
import { checkDerived, checkRechecks } from './check-again.ts';
import { answeredAnalyses, shownResultFile } from './files.ts';
import type { Manifest } from './manifest.ts';
import { readResult } from './result-files.ts';
import { unzippedFile } from './unzipped-file.ts';
import { checkDivergedCounts } from './verify-conditions.ts';
import { checkShown } from './verify-shown.ts';

/** Findings, one after the other. @throws ArtifactError at the first thing that does not hold. */
export async function checkResults(
  manifest: Manifest,
  context: AnalysisContext<TrainedCondition>,
  read: (path: string) => Promise<Uint8Array>,
  where: string,
): Promise<string[]> {
  const findings: string[] = [];
  let claimed = 0;
  for (const name of answeredAnalyses(manifest)) {
    context.signal.throwIfAborted();
    const spec = manifest.study.analyses[name] as AnsweredSpec;
    const result = await readResult(name, read, where);
    const analysis = analysisOf(spec);
    const { derived, rechecks, claims, drawn } = await asResultOf(name, where, async () => {
      // Before all else: what follows shows that the rest makes sense.
      const follows = await analysis.derived(context, spec, tensorsOf(result));
      return {
        derived: checkDerived(result, follows, `${where}: ${name}`),
        rechecks: await analysis.recheck(context, spec, result),
        claims: analysis.claims(context, spec, result),
        drawn: analysis.shown(result),
      };
    });
    findings.push(finding(name, derived, rechecks, where));
    checkDivergedCounts(manifest, spec, result, where);
    checkClaims(name, claims, manifest, where);
    claimed += claims.length;
    const shown = `${where}/${shownResultFile(name)}`;
    checkShown(drawn, await unzippedFile(await read(shownResultFile(name)), shown), shown);
  }
  findings.push(`display: the page's copies show the results, but for their rounding`);
  if (claimed !== manifest.claims.length) {
    throw new ArtifactError(
      `${where}: ${manifest.claims.length} claims stand in the manifest where the results bear on ${claimed}; run the experiment again`,
    );
  }
  if (claimed > 0) findings.push(`claims: all ${claimed} follow from the results`);
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
  manifest: Manifest,
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

/** @throws ArtifactError for the first number that does not come out again. */
function finding(
  analysis: string,
  derived: number,
  rechecks: readonly Recheck[],
  where: string,
): string {
  const worst = checkRechecks(rechecks, `${where}: ${analysis}`);
  const count = derived + rechecks.length;
  const follow = `${analysis}: ${count} numbers computed again (${derived} that follow from tensors, weights and settings`;
  if (rechecks.length === 0) return `${follow})`;
  const named = [...new Set(rechecks.map(({ what }) => what.replace(/ (of|on|at|in) .*/, '')))];
  return `${follow}, ${rechecks.length} of tensors: ${named.slice(0, 4).join(', ')}), within ${worst.toExponential(1)}`;
}
