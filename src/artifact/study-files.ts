// Which file of a study's artifact holds what.

/** The folder of a study beside the folders of runs: a point is no part of a run's name. */
export const studyFolder = (name: string): string => `${name}.study`;

export const studyWeightsFile = 'weights.safetensors';

/** Complete, in 32 bits, for those who compute on. */
export const resultFile = (analysis: string): string => `results/${analysis}.safetensors`;

/** Rounded and gzipped, for the page. */
export const shownResultFile = (analysis: string): string => `display/${analysis}.safetensors.gz`;

/** All files beside the manifest. */
export const filesOfStudy = (analyses: readonly string[]): string[] => [
  studyWeightsFile,
  ...analyses.flatMap((analysis) => [resultFile(analysis), shownResultFile(analysis)]),
];
