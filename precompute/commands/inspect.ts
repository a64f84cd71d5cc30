// `atlas inspect`: a readable report of an artifact.
import { Argument, Command } from 'commander';
import { checkFiles } from '../../src/artifact/check-files.ts';
import { parseJson } from '../../src/artifact/parse-json.ts';
import { answeredAnalyses, resultFile } from '../../src/artifact/study-files.ts';
import type { StudyManifest } from '../../src/artifact/study-manifest.ts';
import { findArtifact, readerOf, readManifest, readStudyManifest } from '../artifact-folder.ts';
import { relativeToHere } from '../experiment-files.ts';
import { formatReport } from '../format-report.ts';
import { formatStudy } from '../format-study.ts';
import { allPrintable } from '../output.ts';

export function inspectCommand(): Command {
  return new Command('inspect')
    .description(
      'report what an artifact holds: configuration, provider, statistics, analyses, claims, files',
    )
    .addArgument(new Argument('<artifact>', 'its folder, or the name of a run of the site'))
    .action(inspect);
}

async function inspect(nameOrFolder: string): Promise<void> {
  const { run, study } = await findArtifact(nameOrFolder);
  const reports: string[] = [];
  if (run) {
    const manifest = await readManifest(run);
    await checkFiles(manifest, readerOf(run), relativeToHere(run));
    reports.push(formatReport(allPrintable(manifest)));
  }
  if (study) {
    const manifest = await readStudyManifest(study);
    await checkFiles(manifest, readerOf(study), relativeToHere(study));
    const results = await readResults(manifest, study);
    reports.push(formatStudy(allPrintable(manifest), results));
  }
  process.stdout.write(`${reports.join('\n\n')}\n`);
}

/** The plain data of every result, by analysis. */
async function readResults(
  manifest: StudyManifest,
  folder: string,
): Promise<ReadonlyMap<string, unknown>> {
  const results = new Map<string, unknown>();
  for (const analysis of answeredAnalyses(manifest)) {
    const path = resultFile(analysis);
    const bytes = await readerOf(folder)(path);
    results.set(analysis, allPrintable(parseJson(bytes, `${relativeToHere(folder)}/${path}`)));
  }
  return results;
}
