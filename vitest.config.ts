// Three kinds of tests: unit (mirrors the tree), reference (against PyTorch's numbers), browser (the built site).
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    // A step that fails says so by itself, long before; a machine may be busy.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // A command in a process of its own needs not strip and compile its sources anew: a third of what a small run takes.
    env: { NODE_COMPILE_CACHE: resolve('tests/.output/compiled') },
    // Native runtimes do not like to be loaded by many threads of one process.
    pool: 'forks',
  },
});
