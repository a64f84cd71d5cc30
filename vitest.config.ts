// Three kinds of tests: unit (mirrors the tree), reference (against PyTorch's numbers), browser (the built site).
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    // A step that fails says so by itself, long before; a machine may be busy.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Native runtimes do not like to be loaded by many threads of one process.
    pool: 'forks',
  },
});
