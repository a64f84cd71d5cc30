// Questions that these networks have no answer to: told from failures, so that one of them does not take the others away.
import { ArtifactError } from '../src/artifact/artifact-error.ts';
import { ExperimentError } from '../src/learning/experiment-error.ts';

/** An analysis has no answer, and would have none if it were asked again; the message is the reason. */
export class UnansweredError extends Error {
  override readonly name = 'UnansweredError';
}

/**
 * The answer to an analysis.
 *
 * @throws UnansweredError where it has none: the landscape's mathematics refuses (all points coincide, a plane through
 * one point), its settings do not fit what was trained, or a file that it names holds something else. Whatever else
 * goes wrong (a stop, a provider, the disk, a mistake in the code) is thrown as it is.
 */
export async function asked<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (isRefusal(error)) throw new UnansweredError(error.message, { cause: error });
    throw error;
  }
}

function isRefusal(error: unknown): error is Error {
  if (error instanceof ExperimentError || error instanceof ArtifactError) return true;
  return error instanceof RangeError && !isOfTheRuntime(error);
}

/** What JavaScript itself throws as a RangeError is a mistake in the code, or memory that is used up. */
const runtimesWords =
  /^invalid |^maximum |maximum size exceeded|allocation failed|out of bounds|outside the bounds|should be a multiple of|must be between|bigint|division by zero/i;

const isOfTheRuntime = (error: RangeError): boolean =>
  'code' in error || runtimesWords.test(error.message);
