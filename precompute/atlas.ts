// The `atlas` command: computes, lists, inspects and verifies the runs that the site shows.
import { Command, CommanderError } from 'commander';
import { InterruptedError, oneSentence } from './command-error.ts';
import { graphCommand } from './commands/graph.ts';
import { inspectCommand } from './commands/inspect.ts';
import { listCommand } from './commands/list.ts';
import { providersCommand } from './commands/providers.ts';
import { runCommand } from './commands/run.ts';
import { verifyCommand } from './commands/verify.ts';
import { endWithReader } from './output.ts';

endWithReader();
const exitStatus = { failure: 1, usage: 2, interrupted: 130 } as const;

const program = new Command('atlas')
  .description('Computes, lists, inspects and verifies the runs that Loss Atlas shows.')
  .showSuggestionAfterError()
  .exitOverride()
  .configureOutput({
    // Commander puts its suggestion on a line of its own; an error is one sentence here.
    outputError: (text, write) =>
      write(
        `atlas: ${text
          .trim()
          .replace(/^error: /, '')
          .replace(/\n/g, ' ')}\n`,
      ),
  });
for (const command of [
  runCommand(),
  listCommand(),
  inspectCommand(),
  verifyCommand(),
  graphCommand(),
  providersCommand(),
]) {
  program.addCommand(command.copyInheritedSettings(program));
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Says what went wrong and gives the exit status. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitStatus.usage;
  process.stderr.write(`atlas: ${oneSentence(error)}\n`);
  if (process.env['ATLAS_DEBUG']) process.stderr.write(`${(error as Error | null)?.stack}\n`);
  return error instanceof InterruptedError ? exitStatus.interrupted : exitStatus.failure;
}
