// Numbers and sentences of the self-test, as the page shows them.
import { formatNumber } from '../../figures/kit/format.ts';
import type { TruthResult } from '../../worker/self-test/truths.ts';

/** As many digits as single precision has: the places where two values part are worth seeing. */
export function writeValue(value: number | string): string {
  if (typeof value === 'string') return value;
  if (!Number.isFinite(value)) return formatNumber(value);
  const text = String(Number(value.toPrecision(8)));
  return text.replaceAll('-', '−');
}

export const writeError = (error: number): string =>
  error === 0 ? '0' : formatNumber(Number(error.toPrecision(2)));

/** What a run of the tests came to, one sentence for eyes and ears. */
export function summarise(
  results: readonly TruthResult[],
  provider: string,
  seconds: number,
): string {
  const failed = results.filter(({ passed }) => !passed).length;
  const where = `on ${provider === 'webgpu' ? 'WebGPU' : 'WebAssembly'}, in ${formatNumber(seconds)} s`;
  if (failed === 0) return `All ${results.length} tests passed ${where}.`;
  return (
    `${failed} of ${results.length} tests did not pass ${where}: try the other of WebGPU and WebAssembly, ` +
    'and if it stays so, please report it with what is written below.'
  );
}
