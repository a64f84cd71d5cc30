// Threads of the CPU, in a process that leaves before they were asked anything.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { createNodeExecutor } from '../../../../src/engine/runtime/node.ts';
import { probe } from '../../../../src/engine/runtime/probe.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

/** Which native libraries the process has loaded when nothing is left to do, in whichever thread. */
function leavingAtOnce(then: string): string {
  // A file, since threads would inherit the text of `--eval`.
  const file = join(folder.path, 'leaving.mjs');
  writeFileSync(
    file,
    `import { createLanes } from '${pathToFileURL('src/engine/runtime/node-lanes.ts').href}';
    const lanes = createLanes(2);
    ${then}
    process.once('beforeExit', () => console.log(process.report.getReport().sharedObjects.join('\\n')));`,
  );
  return execFileSync(process.execPath, [file], { encoding: 'utf8' });
}

// ONNX Runtime aborts a process that ends while another thread loads it.
it.each([
  ['that keeps its threads', ''],
  ['that gives them back', 'lanes.dispose();'],
])('lets a process %s end only when they have loaded the runtime', (_, then) => {
  expect(leavingAtOnce(then)).toContain('onnxruntime_binding.node');
});

it('answers no more once it has been disposed, and says so instead of waiting', async () => {
  const executor = await createNodeExecutor({ provider: 'cpu', threads: 2 });
  expect(executor.lanes).toBe(2);
  executor.dispose();
  await expect(probe(executor)).rejects.toThrow(/executor has been disposed/);
});
