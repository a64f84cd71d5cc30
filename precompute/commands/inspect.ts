// `atlas inspect`: a readable report of an artifact.
import { Argument, Command } from 'commander';
import { checkFiles } from '../../src/artifact/check-files.ts';
import { findArtifact, readerOf, readManifest } from '../artifact-folder.ts';
import { relativeToHere } from '../experiment-files.ts';
import { formatReport } from '../format-report.ts';

export function inspectCommand(): Command {
  return new Command('inspect')
    .description('report what an artifact holds: configuration, provider, statistics, files')
    .addArgument(new Argument('<artifact>', 'its folder, or the name of a run of the site'))
    .action(inspect);
}

async function inspect(nameOrFolder: string): Promise<void> {
  const folder = await findArtifact(nameOrFolder);
  const manifest = await readManifest(folder);
  await checkFiles(manifest, readerOf(folder), relativeToHere(folder));
  process.stdout.write(`${formatReport(manifest)}\n`);
}
