// Threads of the CPU, in a process that leaves before they were asked anything.
import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

/** Which native libraries the process has loaded when nothing is left to do, in whichever thread. */
const leavingAtOnce = (then: string): string =>
  execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { createLanes } from '${pathToFileURL('src/engine/runtime/node-lanes.ts').href}';
      const lanes = createLanes(2);
      ${then}
      process.once('beforeExit', () => console.log(process.report.getReport().sharedObjects.join('\\n')));`,
    ],
    { encoding: 'utf8' },
  );

// ONNX Runtime aborts a process that ends while another thread loads it.
it.each([
  ['that keeps its threads', ''],
  ['that gives them back', 'lanes.dispose();'],
])('lets a process %s end only when they have loaded the runtime', (_, then) => {
  expect(leavingAtOnce(then)).toContain('onnxruntime_binding.node');
});
