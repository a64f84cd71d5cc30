// The floors of the house: an import only ever points down, and never in a circle.
const upward = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: to },
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-missing-files',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^astro(:|/)|\\?(url|worker)' },
    },
    upward(
      'engine-stands-alone',
      '^src/engine',
      '^src/(?!engine)|^precompute|^node_modules/(astro|d3|three)',
    ),
    upward('learning-above-engine', '^src/learning', '^src/(?!learning|engine)|^precompute'),
    upward(
      'landscape-above-learning',
      '^src/landscape',
      '^src/(?!landscape|learning|engine)|^precompute',
    ),
    upward(
      'artifact-above-landscape',
      '^src/artifact',
      '^src/(?!artifact|landscape|learning|engine)|^precompute',
    ),
    {
      name: 'figures-stand-on-plain-data',
      severity: 'error',
      from: { path: '^src/figures' },
      to: {
        path: '^src/(?!figures)|^precompute',
        dependencyTypesNot: ['type-only'],
        pathNot: '^src/landscape/two-weights',
      },
    },
    upward(
      'worker-below-pages',
      '^src/worker',
      '^src/(elements|laboratory|site|components|layouts|pages|figures)|^precompute',
    ),
    // What is kept on a device is told by files alone, and the switch for it stands above.
    upward(
      'offline-stands-alone',
      '^src/offline',
      '^src/(?!offline)|^precompute|^node_modules/(astro|d3|three)',
    ),
    upward(
      'elements-below-laboratory',
      '^src/elements',
      '^src/(laboratory|site|components|layouts|pages)|^precompute',
    ),
    upward(
      'laboratory-below-components',
      '^src/laboratory',
      '^src/(site|components|layouts|pages)|^precompute',
    ),
    // Only what is built into pages uses the site's build tools.
    upward('site-below-components', '^src/site', '^src/(components|layouts|pages)'),
    upward('components-below-layouts', '^src/components', '^src/(layouts|pages)|^precompute'),
    upward(
      'precompute-knows-no-page',
      '^precompute',
      '^src/(figures|elements|laboratory|worker|offline|site|components|layouts|pages)',
    ),
    {
      name: 'only-the-node-runtime-is-in-node',
      severity: 'error',
      from: {
        path: '^src/(engine|learning|landscape|artifact|figures)',
        pathNot: '^src/engine/runtime/node',
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'only-runtimes-import-onnxruntime',
      severity: 'error',
      from: { path: '^(src|precompute)', pathNot: '^src/engine/runtime/' },
      to: {
        path: '^node_modules/onnxruntime-(node|web)',
        dependencyTypesNot: ['type-only'],
        pathNot: '\\.wasm',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'browser', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.astro', '.json'],
    },
  },
};
