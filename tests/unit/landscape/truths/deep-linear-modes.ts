// When a mode of a linear network is half learned, and how fast it grows in a network of any depth, in closed form.
import {
  modeTimeConstant,
  type LinearMode,
} from '../../../../src/landscape/closed-forms/deep-linear.ts';

/**
 * Time at which a mode of two layers is half learned, u = s/2: `tau / (2s) ln(s/u_0 - 1)`.
 * Strong modes first; negative where it starts above.
 * @throws RangeError where start is not below target.
 */
export function modeHalfTime(mode: LinearMode): number {
  const { start, target, outputs } = mode;
  if (start >= target)
    throw new RangeError(
      `a mode that starts at ${start} with target ${target} has no half time: expected a start below the target`,
    );
  return (modeTimeConstant(outputs) / (2 * target)) * Math.log(target / start - 1);
}

/**
 * du/dt of a mode in a network of `layers` layers: `layers * 2/C * u^(2 - 2/layers) (s - u)`.
 * From `da/dt = 2/C (s - u) a^(L-1)` and `du/dt = L a^(L-1) da/dt`; for two layers the equation above.
 * @throws RangeError where the strength is below 0, or layers is not a whole number of at least 1.
 */
export function modeRate(
  strength: number,
  { target, outputs }: Pick<LinearMode, 'target' | 'outputs'>,
  layers: number,
): number {
  if (!(strength >= 0) || !(Number.isInteger(layers) && layers >= 1))
    throw new RangeError(
      `a mode of strength ${strength} in ${layers} layers: expected a strength of at least 0 and a whole number of layers from 1 on`,
    );
  return ((2 * layers) / outputs) * strength ** (2 - 2 / layers) * (target - strength);
}
