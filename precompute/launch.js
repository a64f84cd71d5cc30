// Runs a program as it is, TypeScript or not: `node precompute/launch.js FILE ARGUMENTS`. In JavaScript, since every Node can read that.
import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { endWithParent } from './end-with-parent.js';
import { startNode } from './start-node.js';

const self = fileURLToPath(import.meta.url);

/** Before 22.18, Node strips types only when told to; the variable tells child processes and threads as well. */
const stripTypes = '--experimental-strip-types --disable-warning=ExperimentalWarning';

/**
 * @param {string} file the program
 * @param {readonly string[]} args its arguments
 */
export async function launch(file, args) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 12)) {
    process.stderr.write(
      `Loss Atlas needs Node 22.12 or newer and this is ${process.versions.node}: install a newer one ` +
        '(on Linux x64, `npm ci` brings one that every npm script uses).\n',
    );
    process.exitCode = 1;
    return;
  }
  endWithParent();
  if (process.features.typescript) {
    process.argv = [process.argv[0] ?? 'node', file, ...args];
    await import(pathToFileURL(file).href);
  } else {
    const NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} ${stripTypes}`.trim();
    endAs(startNode(file, args, { ...process.env, NODE_OPTIONS }));
  }
}

/**
 * Passes on how this process is told to end, and ends as the child does.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
function endAs(child) {
  /** @type {readonly NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) {
    process.on(signal, () => {
      // The terminal sends an interrupt to the child as well, so that it must not count as a second one.
      if (child.connected && signal === 'SIGINT') child.disconnect();
      else child.kill(signal);
    });
  }
  child.on('exit', (code, signal) => {
    if (signal === null) process.exitCode = code ?? 1;
    else {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    }
  });
}

const [, started, file, ...args] = process.argv;
if (started && realpathSync(started) === realpathSync(self) && file)
  await launch(resolve(file), args);
