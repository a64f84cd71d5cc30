// Lint rules; the floors of the design (who may import whom) are held by .dependency-cruiser.js.
import js from '@eslint/js';
import astro from 'eslint-plugin-astro';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const runtimeFree = ['src/engine/**', 'src/learning/**', 'src/landscape/**', 'src/artifact/**'];

export default tseslint.config(
  { ignores: ['dist/', '.dist.*/', 'public/', '.astro/', '.cache/', 'tests/.output/'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  ...astro.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      eqeqeq: 'error',
      'no-restricted-properties': [
        'error',
        {
          object: 'Math',
          property: 'random',
          message: 'Use a seeded stream (learning/random.ts).',
        },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
    },
  },
  {
    files: runtimeFree.map((folder) => `${folder}/*.ts`),
    // These run unchanged in Node, in a page and in a worker: no DOM, and Node only in its own home.
    rules: {
      'no-restricted-globals': ['error', 'document', 'window', 'process', 'localStorage'],
    },
  },
);
