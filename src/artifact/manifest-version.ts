// Which manifests this code reads; apart from the schema, so that a page need not load zod.

export const manifestFormat = 'loss-atlas-run';
/** Raised with every change that an older reader would misunderstand. */
export const manifestVersion = 2;

export const studyFormat = 'loss-atlas-study';
export const studyVersion = 2;
