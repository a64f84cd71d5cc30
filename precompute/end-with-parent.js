// Ends this process when the one that started it is gone, however that went. In JavaScript, since `launch.js` needs it.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Milliseconds between two looks at npm. */
const pace = 500;
/** A terminal interrupts the parent and this process: its signal must not come second, and count as another one. */
const grace = 200;

/** @type {(() => void) | null} */
let ending = null;

/**
 * What is done when the parent is gone, in place of ending by SIGTERM.
 *
 * @param {() => void} end
 */
export function onParentGone(end) {
  ending = end;
}

/**
 * To be called once. Our own programs hold a channel to each other: whoever lets go of it, by intent or by being killed,
 * ends the other. npm starts a shell, the shell a program, and npm passes no signal further than to the shell.
 */
export function endWithParent() {
  if (process.connected === undefined) return watchNpm();
  if (!process.connected) return end();
  process.once('disconnect', end);
  // A program that has finished need not wait for its parent.
  process.channel?.unref();
}

function end() {
  const timer = setTimeout(() => {
    if (ending) ending();
    else process.kill(process.pid, 'SIGTERM');
  }, grace);
  timer.unref();
}

function watchNpm() {
  const above = npmAbove();
  if (above.length === 0) return;
  const timer = setInterval(() => {
    if (process.ppid === above[0] && above.every(isRunning)) return;
    clearInterval(timer);
    end();
  }, pace);
  timer.unref();
}

/** The numbers of npm and of the shell between, the nearest first; none where something else has started this process. */
function npmAbove() {
  const numbers = [];
  for (let pid = process.ppid; numbers.length < 2;) {
    const found = look(pid);
    if (!found) return [];
    numbers.push(pid);
    if (/^np[mx]\b|\bnp[mx](-cli)?\.c?js\b/.test(found.command)) return numbers;
    pid = found.parent;
  }
  return [];
}

/**
 * A process's parent and command line; null where there is no such process or nobody to ask.
 *
 * @param {number} pid
 */
function look(pid) {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // Behind the program's name, which may hold anything.
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return state === 'Z' ? null : { parent: Number(parent), command };
    }
    const { stdout } = spawnSync('ps', ['-o', 'ppid=,args=', '-p', String(pid)], {
      encoding: 'utf8',
    });
    const match = /^\s*(\d+)\s+(.*)$/m.exec(stdout ?? '');
    return match ? { parent: Number(match[1]), command: match[2] ?? '' } : null;
  } catch {
    return null;
  }
}

/** @param {number} pid */
function isRunning(pid) {
  if (process.platform === 'linux') return look(pid) !== null;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
