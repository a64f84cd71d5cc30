// The line above the block: what is height and colour, from which value to which, on which scale.
import { textWidth } from '../kit/labels.ts';
import type { HeightScale } from './height-scale.ts';
import { ink, muted } from './surface-frame.ts';
import { levelColour } from './shading.ts';
import type { SurfaceData } from './surface-data.ts';
import { append, appendText } from './svg-elements.ts';

const swatches = 32;
const lineHeight = 16;

/** Words to lines of at most `width` pixels, by estimate (nothing can be measured at build time). */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`) <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}

export interface LegendLayout {
  readonly lines: readonly string[];
  readonly height: number;
}

/** The lines of the legend at a width, and the height they take. */
export function legendLayout(
  scale: HeightScale,
  equalScales: boolean,
  width: number,
): LegendLayout {
  const stretched = equalScales ? '' : '; the shorter side of the plane is stretched';
  const lines = wrapped(`${scale.statement}${stretched}`, width - 4);
  return { lines, height: 26 + lineHeight * lines.length };
}

export function drawLegend(
  parent: Element,
  data: SurfaceData,
  scale: HeightScale,
  layout: LegendLayout,
  width: number,
): void {
  const colour = levelColour(data.good);
  const group = append(parent, 'g', { class: 'surface-legend', 'font-size': 12, fill: muted });
  appendText(group, data.labels.h, {
    x: 2,
    y: 14,
    fill: ink,
    'font-weight': 600,
    'font-size': 13,
  });
  // A colour bar without a gradient: gradients need identifiers, which clash between figures of one page.
  const [floor, ceiling] = scale.ends;
  const barWidth = Math.round(Math.min(120, width * 0.26));
  const left = Math.round(width - barWidth - 10 - textWidth(ceiling));
  appendText(group, floor, { x: left - 6, y: 14, 'text-anchor': 'end' });
  for (let i = 0; i < swatches; i++) {
    append(group, 'rect', {
      x: Math.round((left + (barWidth * i) / swatches) * 10) / 10,
      y: 5,
      // A little overlap hides the seams between swatches.
      width: Math.round((barWidth / swatches + (i < swatches - 1 ? 0.5 : 0)) * 10) / 10,
      height: 9,
      fill: colour(i / (swatches - 1)),
    });
  }
  appendText(group, ceiling, { x: left + barWidth + 6, y: 14 });
  layout.lines.forEach((text, i) => {
    appendText(group, text, { x: 2, y: 32 + i * lineHeight });
  });
}
