// The largest files that the command reads, in bytes: what is larger is something else, or is asked for by mistake.

/** A hundred times that of the largest published study. */
export const largestManifest = 32 * 2 ** 20;

/** A file of an artifact: no buffer of a runtime holds more. */
export const largestTensors = 2 ** 31 - 1;

/** A table's text: the MNIST digits as numbers are 110 MB. */
export const largestText = 200_000_000;

/** An experiment's settings, points placed by hand among them. */
export const largestExperiment = 1_000_000;
