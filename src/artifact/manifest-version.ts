// Which manifests this code reads; apart from the schema, so that a page need not load zod.

export const artifactFormat = 'loss-atlas-artifact';
/** Raised with every change that an older reader would misunderstand. */
export const artifactVersion = 3;

/** Of versions before 3, which kept the run and the study of an experiment apart: ours to replace, and not read. */
export const olderFormats = ['loss-atlas-run', 'loss-atlas-study'] as const;

/** What stands behind a name, in the folder of what was its study then. */
export const olderStudyFolder = (name: string): string => `${name}.study`;
