// Why a question about trained networks has no answer, in a sentence that says what to do.
import { failureOf, type Failure } from '../failures.ts';

export function analysisFailure(error: unknown): Failure {
  const failure = failureOf(error);
  const { message } =
    error instanceof Error ? error : { message: String(error ?? 'nothing said why') };
  const said = message.trim().replace(/\.$/, '');
  if (failure.kind === 'device-lost') {
    return {
      kind: failure.kind,
      sentence: `The graphics device was lost while computing (${said}); compute it again on WebAssembly, which gives the same.`,
    };
  }
  if (failure.kind === 'download') {
    return {
      kind: failure.kind,
      sentence: `The runtime or the data could not be loaded (${said}); check the connection and compute it again.`,
    };
  }
  if (failure.kind !== 'other') return failure;
  // What the landscape's mathematics refuses (too few networks, a plane through one point) is a setting to change.
  if (error instanceof RangeError) {
    return { kind: 'experiment', sentence: `This cannot be answered: ${said}.` };
  }
  return {
    kind: 'other',
    sentence: `This could not be computed (${said.split('\n', 1)[0]!.slice(0, 200)}); compute it again, with other settings if it repeats.`,
  };
}
