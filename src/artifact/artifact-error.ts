// The error of everything that is read from an artifact: damaged, truncated, foreign or hostile.

/** One sentence: what is wrong, where, what was expected and what to do. */
export class ArtifactError extends Error {
  override readonly name = 'ArtifactError';
}
