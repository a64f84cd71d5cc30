// What the curvature functions expect of their arguments, said in a sentence where it does not hold.

/** M, the number of networks in `[M, parameters]`. @throws RangeError where that is not whole, or 0. */
export function networksIn(
  values: { readonly length: number },
  parameters: number,
  what: string,
): number {
  const networks = values.length / parameters;
  if (Number.isInteger(networks) && networks > 0) return networks;
  throw new RangeError(
    `${what} has ${values.length} numbers, but a network has ${parameters}: expected [M, ${parameters}], one row for each of at least one network`,
  );
}

/** @throws RangeError where `values` has not exactly the expected number of entries. */
export function expectLength(
  values: { readonly length: number },
  expected: number,
  what: string,
): void {
  if (values.length === expected) return;
  throw new RangeError(`${what} has ${values.length} numbers: expected ${expected}`);
}

/** @throws RangeError where `value` is not a whole number from `least` to `most`. */
export function expectWhole(value: number, least: number, most: number, what: string): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const range = most === Infinity ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new RangeError(`${what} is ${value}: expected a whole number ${range}`);
}

/** @throws RangeError where `value` is not finite and positive. */
export function expectPositive(value: number, what: string): void {
  if (value > 0 && Number.isFinite(value)) return;
  throw new RangeError(`${what} is ${value}: expected a number above 0`);
}
