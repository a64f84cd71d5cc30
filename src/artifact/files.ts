// Which file of an artifact holds what.

export const manifestFile = 'manifest.json';

/** Complete, in 32 bits, for those who compute on. */
export const weightsFile = 'weights.safetensors';
/** Records of every network, where the whole history is kept. */
export const trainingFile = 'training.safetensors';

/** Small, quantised and gzipped, for the page: what it draws of training itself. */
export const trainingDisplay = {
  data: 'display/data.safetensors.gz',
  curves: 'display/curves.safetensors.gz',
} as const;

export type TrainingPart = keyof typeof trainingDisplay;

export const isTrainingPart = (part: string): part is TrainingPart =>
  Object.hasOwn(trainingDisplay, part);

/** Plain data, in which `{ "tensor": NAME }` stands for a tensor of the file beside it. */
export const resultFile = (analysis: string): string => `results/${analysis}.json`;

/** Complete, in 32 bits, for those who compute on. */
export const resultTensorFile = (analysis: string): string => `results/${analysis}.safetensors`;

/** Rounded and gzipped, for the page. */
export const shownResultFile = (analysis: string): string => `display/${analysis}.safetensors.gz`;

/** What the site's build writes for pages: what an artifact is about, and each result's plain data. */
export const outlineFile = 'outline.json';
export const outlinedResult = (analysis: string): string => `outline/${analysis}.json`;

/** The analyses that have a result, in the order of the study. */
export const answeredAnalyses = ({
  study,
  unanswered,
}: {
  readonly study: { readonly analyses: object };
  readonly unanswered: object;
}): string[] =>
  Object.keys(study.analyses).filter((analysis) => !Object.hasOwn(unanswered, analysis));

/** Whether all that training recorded is kept, as it is of a run of its own; of conditions that are compared, first and last weights are. */
export const keepsHistory = ({
  conditions,
}: {
  readonly conditions: readonly { readonly training?: unknown }[];
}): boolean => conditions.some(({ training }) => training !== undefined);

/** All files beside the manifest, and one phrase each, for `atlas inspect`. */
export function filesOf(isWhole: boolean, analyses: readonly string[]): Map<string, string> {
  const ofTraining: [string, string][] = isWhole
    ? [
        [weightsFile, 'all weights: initial, final and every snapshot'],
        [trainingFile, 'losses, accuracies and gradient norms at every record'],
        [trainingDisplay.data, 'samples, for figures'],
        [trainingDisplay.curves, 'curves, for figures'],
      ]
    : [[weightsFile, 'initial and final weights of every condition']];
  return new Map([
    ...ofTraining,
    ...analyses.flatMap((analysis): [string, string][] => [
      [resultFile(analysis), 'result of this analysis'],
      [resultTensorFile(analysis), 'tensors of this analysis'],
      [shownResultFile(analysis), 'the same, for figures'],
    ]),
  ]);
}
