// Starts our programs in processes of their own. In JavaScript, since `launch.js` needs it.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('./launch.js', import.meta.url));

/**
 * Starts a program in a Node of its own that ends when this process does, or when it disconnects the child. Its words
 * go straight to the terminal.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
export function startNode(file, args, env = process.env) {
  return spawn(process.execPath, [launcher, file, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env,
  });
}
