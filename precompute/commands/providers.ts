// `atlas providers`: what this machine can compute on, and why not on the others.
import { Command } from 'commander';
import pc from 'picocolors';
import { describeNodeProviders } from '../../src/engine/runtime/node.ts';

export function providersCommand(): Command {
  return new Command('providers')
    .description('show what this machine can compute on, and what the others lack')
    .action(showProviders);
}

async function showProviders(): Promise<void> {
  for (const { provider, available, reason, fix } of await describeNodeProviders()) {
    const state = available
      ? pc.green('available')
      : `${pc.yellow('not available')}: ${reason}. ${fix}`;
    process.stdout.write(`${provider.padEnd(7)} ${state}\n`);
  }
}
