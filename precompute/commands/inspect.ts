// `atlas inspect`: a readable report of an artifact.
import { Argument, Command } from 'commander';
import { checkFiles } from '../../src/artifact/check-files.ts';
import { parseJson } from '../../src/artifact/parse-json.ts';
import { answeredAnalyses, resultFile } from '../../src/artifact/files.ts';
import type { Manifest } from '../../src/artifact/manifest.ts';
import { findArtifact, readerOf, readManifest } from '../artifact-folder.ts';
import { relativeToHere } from '../experiment-files.ts';
import { formatReport } from '../format-report.ts';
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
  const folder = await findArtifact(nameOrFolder);
  const manifest = await readManifest(folder);
  await checkFiles(manifest, readerOf(folder), relativeToHere(folder));
  const results = await readResults(manifest, folder);
  process.stdout.write(`${formatReport(allPrintable(manifest), results)}\n`);
}

/** The plain data of every result, by analysis. */
async function readResults(
  manifest: Manifest,
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
