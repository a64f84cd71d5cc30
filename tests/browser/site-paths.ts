// Where the tested site is built, and the base path it is built for; ATLAS_TEST_SITE names another folder.
export const sitePaths = {
  folder: process.env['ATLAS_TEST_SITE'] ?? 'tests/.output/site',
  base: '/atlas-test/',
} as const;
