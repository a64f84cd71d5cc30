// The largest files that the command reads, in bytes: what is larger is something else, or is asked for by mistake.

import { csvLimits } from '../src/learning/csv.ts';

/** A hundred times that of the largest published study. */
export const largestManifest = 32 * 2 ** 20;

/** A file of an artifact: no buffer of a runtime holds more. */
export const largestTensors = 2 ** 31 - 1;

/** A table's text: as many characters as its reader takes, each of the longest in UTF-8. */
export const largestText = 4 * csvLimits.characters;

/** An experiment's settings, points placed by hand among them. */
export const largestExperiment = 1_000_000;
