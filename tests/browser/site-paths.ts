// Where the tested site is built, and the base path it is built for.
export const sitePaths = {
  folder: 'tests/.output/site',
  base: '/atlas-test/',
} as const;
