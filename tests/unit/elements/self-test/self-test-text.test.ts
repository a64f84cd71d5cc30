// How the self-test writes numbers and what it came to.
import { expect, it } from 'vitest';
import {
  summarise,
  writeError,
  writeValue,
} from '../../../../src/elements/self-test/self-test-text.ts';

it('writes as many digits as single precision has, with a real minus', () => {
  expect(writeValue(10.125000953674316)).toBe('10.125001');
  expect(writeValue(-2.4374995)).toBe('−2.4374995');
  expect(writeValue(0)).toBe('0');
  expect(writeValue('a9d94aca')).toBe('a9d94aca');
  expect(writeValue(NaN)).toBe('not a number');
});

it('writes an error to two digits, and none as none', () => {
  expect(writeError(0)).toBe('0');
  expect(writeError(9.419e-8)).toBe('9.4×10⁻⁸');
  expect(writeError(2e-3)).toBe('0.002');
  expect(writeError(Infinity)).toBe('∞');
});

const results = (passed: readonly boolean[]) =>
  passed.map((each) => ({
    id: 'two-weight-loss' as const,
    passed: each,
    comparison: null,
    problem: null,
  }));

it('sums up a run, and says what to do where a test did not pass', () => {
  expect(summarise(results([true, true]), 'wasm', 3.21)).toBe(
    'All 2 tests passed on WebAssembly, in 3.21 s.',
  );
  const one = summarise(results([true, false]), 'webgpu', 2);
  expect(one).toMatch(/^1 of 2 tests did not pass on WebGPU, in 2 s: try the other/);
  expect(one).toContain('please report it');
});
