// Three kinds of tests: unit (mirrors the tree), reference (against PyTorch's numbers), browser (the built site).
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Native runtimes do not like to be loaded by many threads of one process.
    pool: 'forks',
  },
});
