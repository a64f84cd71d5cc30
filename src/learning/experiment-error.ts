// The error of an experiment that cannot be run as written: one sentence, meant for its author.

export class ExperimentError extends Error {
  override readonly name = 'ExperimentError';
}
