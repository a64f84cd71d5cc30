// `npm run preview`: serves what was built, under the path that it was built for.
import { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { interruption } from '../interruption.ts';
import { endWithReader } from '../output.ts';
import { builtFolder } from './build-site.ts';
import { endCommand, say } from './end-command.ts';
import { portNumber } from './serve-flags.ts';
import { serveSite } from './serve.ts';
import { readStamp } from './stamp.ts';

interface PreviewFlags {
  readonly port: number;
  readonly host: string;
}

async function preview({ port, host }: PreviewFlags): Promise<void> {
  const signal = interruption();
  const stamp = await readStamp(builtFolder);
  if (!stamp) {
    throw new CommandError(
      `there is no finished build in ${builtFolder}: run \`npm run build\` first`,
    );
  }
  const server = await serveSite(builtFolder, { port, host, base: stamp.base });
  signal.addEventListener('abort', () => server.close());
  say(`dist is served on ${server.url} (Ctrl-C ends it)`);
  await server.closed;
}

endWithReader();
const command = new Command('preview')
  .description('Serves the built site.')
  .option('--port <number>', 'port to serve on', portNumber, 4321)
  .option('--host <name>', 'address to listen on (default: this machine alone)', 'localhost')
  .action((flags: PreviewFlags) => endCommand('preview', () => preview(flags)));
await command.parseAsync();
