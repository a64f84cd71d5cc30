// The lines above the block: what is height and colour, from which value to which, on which scale, and how far apart its lines are.
import { textWidth } from '../kit/labels.ts';
import type { GroundScale } from './ground-scale.ts';
import { ink, muted } from './surface-frame.ts';
import type { SurfaceScene } from './surface-scene.ts';
import { append, appendText, pixel } from './svg-elements.ts';

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
  { scale, ground, model }: Pick<SurfaceScene, 'scale' | 'ground' | 'model'>,
  width: number,
): LegendLayout {
  const stretched = model.equalScales ? '' : '; the shorter side of the plane is stretched';
  const spacing = `Contour lines ${ground.scale.spacing}.`;
  const lines = wrapped(`${scale.statement}${stretched}. ${spacing}`, width - 4);
  return { lines, height: 26 + lineHeight * lines.length };
}

/** Title, the tints from low to high, and the lines of the layout; a colour bar without a gradient, since gradients need identifiers, which clash between figures of one page. */
export function drawLegend(
  parent: Element,
  { data, scale, ground }: SurfaceScene,
  layout: LegendLayout,
  width: number,
): void {
  const group = append(parent, 'g', { class: 'surface-legend', 'font-size': 12, fill: muted });
  appendText(group, data.labels.h, {
    x: 2,
    y: 14,
    fill: ink,
    'font-weight': 600,
    'font-size': 13,
  });
  const [low, high] = [`low ${scale.ends[0]}`, `high ${scale.ends[1]}`];
  const barWidth = Math.round(Math.min(150, width * 0.24));
  const left = Math.round(width - barWidth - 10 - textWidth(high));
  appendText(group, low, { x: left - 6, y: 14, 'text-anchor': 'end' });
  drawTints(group, ground, left, barWidth);
  appendText(group, high, { x: left + barWidth + 6, y: 14 });
  layout.lines.forEach((text, i) => {
    appendText(group, text, { x: 2, y: 32 + i * lineHeight });
  });
}

function drawTints(group: Element, { lines, tints }: GroundScale, left: number, width: number) {
  const edges = [0, ...lines.map(({ height }) => height), 1];
  tints.forEach((fill, k) => {
    const [from, to] = [edges[k]!, edges[k + 1]!];
    append(group, 'rect', {
      x: pixel(left + width * from),
      y: 5,
      // A little overlap hides the seams between tints.
      width: pixel(width * (to - from) + (k + 1 < tints.length ? 0.5 : 0)),
      height: 9,
      fill,
    });
  });
}
