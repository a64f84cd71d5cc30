// Runs a TypeScript file as it is: `node precompute/launch.js FILE ARGUMENTS`. In JavaScript, since every Node can read that.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Before 22.18, Node strips types only when told to; the variable tells child processes and threads as well. */
const stripTypes = '--experimental-strip-types --disable-warning=ExperimentalWarning';

/**
 * @param {string} file the program
 * @param {readonly string[]} args its arguments
 */
export async function launch(file, args) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 12)) {
    process.stderr.write(
      `Loss Atlas needs Node 22.12 or newer and this is ${process.versions.node}: install a newer one ` +
        '(on Linux x64, `npm ci` brings one that every npm script uses).\n',
    );
    process.exitCode = 1;
  } else if (process.features.typescript) {
    process.argv = [process.argv[0], file, ...args];
    await import(pathToFileURL(file).href);
  } else {
    const NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} ${stripTypes}`.trim();
    const child = spawn(process.execPath, [file, ...args], {
      stdio: 'inherit',
      env: { ...process.env, NODE_OPTIONS },
    });
    // The terminal sends an interrupt to both; the program is the one that cleans up.
    process.on('SIGINT', () => {});
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    child.on('exit', (code, signal) => {
      process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
    });
  }
}

const [, self, file, ...args] = process.argv;
if (import.meta.url === pathToFileURL(self).href) await launch(resolve(file), args);
