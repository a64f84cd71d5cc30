// The words of the `atlas` command, and the status that it ends with.
import { Command, CommanderError } from 'commander';
import { InterruptedError, oneSentence } from './command-error.ts';
import { graphCommand } from './commands/graph.ts';
import { inspectCommand } from './commands/inspect.ts';
import { listCommand } from './commands/list.ts';
import { providersCommand } from './commands/providers.ts';
import { runCommand } from './commands/run.ts';
import { verifyCommand } from './commands/verify.ts';

const exitStatus = { failure: 1, usage: 2, interrupted: 130 } as const;

/** Does what the arguments say, and gives the status to end with; a command may have set a {@link process.exitCode} of its own. */
export async function commandLine(args: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    return report(error);
  }
}

function createProgram(): Command {
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
  return program;
}

/** Says what went wrong and gives the exit status. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitStatus.usage;
  process.stderr.write(`atlas: ${oneSentence(error)}\n`);
  if (process.env['ATLAS_DEBUG']) process.stderr.write(`${(error as Error | null)?.stack}\n`);
  return error instanceof InterruptedError ? exitStatus.interrupted : exitStatus.failure;
}
