// The loss scale: even to the eye, monotone for colour-blind eyes, and still told by lightness where light falls on it.
import { describe, expect, it } from 'vitest';
import { interpolateLoss } from '../../../../src/figures/kit/relief/loss-colours.ts';
import { shadeStrengths } from '../../../../src/figures/kit/relief/relief-image.ts';

type Colour = readonly [number, number, number];

interface Paint {
  readonly colour: Colour;
  readonly opacity: number;
}
const none: Paint = { colour: [0, 0, 0], opacity: 0 };

const linear = (channel: number): number =>
  channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;

const sampled = (share: number): Colour => {
  const [r, g, b] = interpolateLoss(share)
    .match(/[\d.]+/g)!
    .map((text) => Number(text) / 255);
  return [r!, g!, b!];
};

/** Lightness of Oklab from linear sRGB (Ottosson 2020). */
function lightness([r, g, b]: Colour): number {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
}

/** Machado, Oliveira & Fernandes 2009, full severity, on linear sRGB. */
const blindness: Record<string, readonly Colour[]> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const steps = 16;
const scale = Array.from({ length: steps + 1 }, (_, k) => sampled(k / steps));
const linearScale = scale.map((colour) => colour.map(linear) as unknown as Colour);
const differences = (values: readonly number[]): number[] =>
  values.slice(1).map((value, k) => value - values[k]!);

describe('the loss scale', () => {
  it('rises in lightness by equal steps', () => {
    const rises = differences(linearScale.map(lightness));
    const mean = rises.reduce((a, b) => a + b, 0) / rises.length;
    for (const rise of rises) expect(Math.abs(rise / mean - 1)).toBeLessThan(0.1);
  });

  it.each(Object.entries(blindness))('rises in lightness with %s too', (_, matrix) => {
    const seen = linearScale.map(
      (colour) =>
        matrix.map((row) =>
          Math.min(
            1,
            Math.max(
              0,
              row.reduce((sum, weight, k) => sum + weight * colour[k]!, 0),
            ),
          ),
        ) as unknown as Colour,
    );
    for (const rise of differences(seen.map(lightness))) expect(rise).toBeGreaterThan(0.03);
  });

  const over = (colour: Colour, { colour: paint, opacity }: Paint): number =>
    lightness(
      colour.map((c, k) =>
        linear((1 - opacity) * c + (opacity * paint[k]!) / 255),
      ) as unknown as Colour,
    );

  it.each([
    { lower: 'on the level', paint: none, apart: 1 / 4 },
    { lower: 'in the strongest light', paint: shadeStrengths.light, apart: 3 / 8 },
  ])(
    'tells a slope in the strongest shade from lower ground $lower, $apart of the scale below',
    ({ paint, apart }) => {
      const gap = apart * steps;
      for (let k = 0; k + gap <= steps; k++)
        expect(over(scale[k + gap]!, shadeStrengths.shade)).toBeGreaterThan(over(scale[k]!, paint));
    },
  );
});
