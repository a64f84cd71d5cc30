// `atlas inspect`: a readable report of an artifact.
import { Argument, Command } from 'commander';
import { checkFiles } from '../../src/artifact/check-files.ts';
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
    reports.push(formatStudy(allPrintable(manifest)));
  }
  process.stdout.write(`${reports.join('\n\n')}\n`);
}
