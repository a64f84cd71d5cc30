// Numbers as a reader likes them: three digits, a real minus, powers of ten where zeros would be counted.
import { format } from 'd3';

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const superscript = (power: number): string =>
  (power < 0 ? '⁻' : '') +
  [...String(Math.abs(power))].map((digit) => superscripts[Number(digit)]).join('');

/** Ten to a whole power: `10⁻³`, or plainly between 0.01 and 1,000. */
function powerOfTen(mantissa: string, power: number): string {
  return mantissa === '1' ? `10${superscript(power)}` : `${mantissa}×10${superscript(power)}`;
}

const threeDigits = format('.3~r');
const grouped = format(',.0f');

/** A positive or negative quantity to three digits. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'not a number';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-3) {
    const [mantissa, power] = value.toExponential(1).split('e');
    return powerOfTen(mantissa!.replace('.0', '').replace('-', '−'), Number(power));
  }
  return size >= 1000 ? grouped(value) : threeDigits(value);
}

export const formatPercent: (value: number) => string = format('.1~%');

/** A share with one decimal always, so that a column of them lines up. */
export const formatShare: (value: number) => string = format('.1%');
