// Which file of a study's artifact holds what.

/** The folder of a study beside the folders of runs: a point is no part of a run's name. */
export const studyFolder = (name: string): string => `${name}.study`;

export const studyWeightsFile = 'weights.safetensors';

/** Plain data, in which `{ "tensor": NAME }` stands for a tensor of the file beside it. */
export const resultFile = (analysis: string): string => `results/${analysis}.json`;

/** Complete, in 32 bits, for those who compute on. */
export const resultTensorFile = (analysis: string): string => `results/${analysis}.safetensors`;

/** Rounded and gzipped, for the page. */
export const shownResultFile = (analysis: string): string => `display/${analysis}.safetensors.gz`;

/** The analyses that have a result, in the order of the study. */
export const answeredAnalyses = ({
  study,
  unanswered,
}: {
  readonly study: { readonly analyses: object };
  readonly unanswered: object;
}): string[] =>
  Object.keys(study.analyses).filter((analysis) => !Object.hasOwn(unanswered, analysis));

/** All files beside the manifest, where these analyses have a result. */
export const filesOfStudy = (analyses: readonly string[]): string[] => [
  studyWeightsFile,
  ...analyses.flatMap((analysis) => [
    resultFile(analysis),
    resultTensorFile(analysis),
    shownResultFile(analysis),
  ]),
];
