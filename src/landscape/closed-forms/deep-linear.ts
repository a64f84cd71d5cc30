// How fast a linear network learns each mode of its target, in closed form.

/**
 * The setting: a network `x W_1 ... W_L` without biases on inputs with `X'X / n = I`, targets
 * `X M`, `M = U S V'` `[features, outputs]`, and the mean squared error over samples and outputs, which is
 * `|W_1 ... W_L - M|^2 / outputs`. From `W_1 = U a R_1'`, `W_l = R_(l-1) a R_l'`, `W_L = R_(L-1) a V'` with the
 * same diagonal a in each (balanced) and any orthonormal R, gradient flow keeps that form: a mode of strength
 * `u = a^L` and target s learns as if it were alone. Time is `stepSize * steps`.
 * Source: Saxe, McClelland and Ganguli 2014, arXiv:1312.6120.
 */
export interface LinearMode {
  /** u at time 0, above 0. */
  readonly start: number;
  /** s, a singular value of M, above 0. */
  readonly target: number;
  /** Width C of the network's output: the loss is a mean over it. */
  readonly outputs: number;
}

/**
 * tau of `tau du/dt = 2 u (s - u)`, two layers: `outputs / 2`.
 * For `L = |W_1 W_2 - M|^2 / C`, `da/dt = 2/C (s - a^2) a`, so `du/dt = 2 a da/dt = 4/C u (s - u)`.
 */
export const modeTimeConstant = (outputs: number): number => outputs / 2;

/**
 * Strength u at a time, two layers: `s e^(2st/tau) / (e^(2st/tau) - 1 + s/u_0)`, a sigmoid from u_0 to s.
 * @throws RangeError where start or target are not above 0.
 */
export function modeStrength(mode: LinearMode, time: number): number {
  checkMode(mode);
  const { start, target, outputs } = mode;
  // Over e^(2st/tau), which overflows long after the mode is learned.
  const decay = Math.exp((-2 * target * time) / modeTimeConstant(outputs));
  return target / (1 + decay * (target / start - 1));
}

function checkMode({ start, target }: LinearMode): void {
  if (start > 0 && target > 0) return;
  throw new RangeError(
    `a mode starts at ${start} with target ${target}: expected both above 0, since a mode of strength 0 never moves`,
  );
}
