// A claim as the page writes it: its measured numbers, and where it stands in the method chapter.
import { format } from 'd3';
import type { Evidence } from '../../landscape/analyses/claim.ts';

/** Where a claim stands in the list of all: its study and its key there, `claim-widths-wide-networks-align`. */
export const claimAnchor = (study: string, key: string): string =>
  `claim-${study}-${key.replaceAll('/', '-')}`;

/** `share of variance in two principal components: 0.912 (95% 0.905 to 0.918)`. */
export function formatEvidence({ what, value, interval, unit }: Evidence): string {
  const range = interval ? ` (95% ${figures(interval[0])} to ${figures(interval[1])})` : '';
  return `${what}: ${figures(value)}${range}${unit ? ` ${unit}` : ''}`;
}

/** Three significant figures; a power of ten where that is shorter. */
function figures(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) return format('.2e')(value);
  return format(',.3~r')(value);
}
