// What the chosen data look like now: points on a plane, or the digits themselves.
import type { RunDisplay } from '../../artifact/display.ts';
import type { DataPicture, DrawnPoints } from '../../worker/table/table-messages.ts';
import { markColour, markPath } from './class-marks.ts';
import { html } from './create-html.ts';
import { svg } from './create-svg.ts';

type PlanePicture = Extract<DataPicture, { kind: 'plane' }>;

const width = 360;
const height = 260;
const box = { left: 34, right: width - 8, top: 8, bottom: height - 34 };
/** More classes than these have no key of their own. */
const mostKeys = 12;

/** @returns gives back what the picture holds. */
export async function drawPicture(place: HTMLElement, picture: DataPicture): Promise<() => void> {
  if (picture.kind === 'images') {
    const { digitSamples } = await import('../../figures/boundaries/digit-samples.ts');
    const frame = html('div');
    place.replaceChildren(frame);
    const across = Math.max(200, place.clientWidth);
    // Of a run, this figure looks at the data alone.
    const run = { data: picture.data } as unknown as RunDisplay;
    const handle = digitSamples.draw(frame, run, digitSamples.initial, {
      width: across,
      height: digitSamples.height(across),
      interactive: false,
      reducedMotion: true,
    });
    return () => handle.destroy();
  }
  if (picture.kind === 'plane') place.replaceChildren(plane(picture), ...keys(picture));
  else place.replaceChildren();
  return () => {};
}

function plane(picture: PlanePicture): SVGSVGElement {
  const { drawn, axes, classNames } = picture;
  const both = [...drawn.train.points, ...drawn.test.points];
  const x = scale(
    both.filter((_, i) => i % 2 === 0),
    box.left,
    box.right,
  );
  const y = scale(
    both.filter((_, i) => i % 2 === 1),
    box.bottom,
    box.top,
  );
  const many = both.length / 2;
  const radius = many > 700 ? 2.2 : many > 200 ? 2.8 : 3.6;
  const marks = (part: DrawnPoints, label: number): string => {
    const found: string[] = [];
    part.labels.forEach((own, i) => {
      if (own !== label) return;
      const [a, b] = [part.points[2 * i] as number, part.points[2 * i + 1] as number];
      found.push(markPath(label, x.at(a), y.at(b), radius));
    });
    return found.join('');
  };
  return svg(
    'svg',
    {
      class: 'data-plane',
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': pictureWords(picture),
    },
    svg('rect', {
      class: 'point-editor-paper',
      x: box.left,
      y: box.top,
      width: box.right - box.left,
      height: box.bottom - box.top,
    }),
    ...classNames.map((_, label) =>
      svg('path', { class: 'mark', fill: markColour(label), d: marks(drawn.train, label) }),
    ),
    ...classNames.map((_, label) =>
      svg('path', { class: 'mark-hollow', stroke: markColour(label), d: marks(drawn.test, label) }),
    ),
    ...x.ticks.map((tick) =>
      svg('text', { x: x.at(tick), y: box.bottom + 14, 'text-anchor': 'middle' }, tickText(tick)),
    ),
    ...y.ticks.map((tick) =>
      svg('text', { x: box.left - 5, y: y.at(tick) + 4, 'text-anchor': 'end' }, tickText(tick)),
    ),
    svg(
      'text',
      { class: 'name', x: (box.left + box.right) / 2, y: height - 4, 'text-anchor': 'middle' },
      cut(axes[0]),
    ),
    svg(
      'text',
      {
        class: 'name',
        'text-anchor': 'middle',
        transform: `translate(10,${(box.top + box.bottom) / 2}) rotate(-90)`,
      },
      cut(axes[1]),
    ),
  );
}

function keys({ classNames, test }: PlanePicture): HTMLElement[] {
  const key = (sign: SVGElement, text: string): HTMLElement =>
    html(
      'li',
      {},
      svg('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' }, sign),
      html('span', {}, cut(text)),
    );
  const items = classNames
    .slice(0, mostKeys)
    .map((name, label) =>
      key(
        svg('path', { class: 'mark', fill: markColour(label), d: markPath(label, 8, 8, 5.5) }),
        /^\d+$/.test(name) ? `class ${name}` : name,
      ),
    );
  if (classNames.length > mostKeys)
    items.push(html('li', {}, `and ${classNames.length - mostKeys} more`));
  if (test > 0)
    items.push(
      key(
        svg('path', { class: 'mark-hollow', stroke: 'currentColor', d: markPath(0, 8, 8, 5) }),
        'hollow: test',
      ),
    );
  return [html('ul', { class: 'data-keys' }, ...items)];
}

/** A sentence or two that say what is drawn, with the numbers. */
export function pictureWords(picture: DataPicture): string {
  const { train, test, classNames, features } = picture;
  const many = (count: number): string => count.toLocaleString('en');
  if (picture.kind === 'values')
    return 'One point, x = 1 with target 1: the whole of the two-weight problem.';
  const split = `${many(train)} to train on${test > 0 ? `, ${many(test)} to test` : ', none to test'}; ${classNames.length} classes.`;
  if (picture.kind === 'images') return `Images of 8 by 8 pixels: ${split}`;
  const drawn = picture.drawn.train.labels.length + picture.drawn.test.labels.length;
  const fewer = drawn < train + test ? ` ${many(drawn)} of them are drawn.` : '';
  switch (picture.by) {
    case 'features':
      return `${split}${fewer}`;
    case 'one':
      return `${split}${fewer} One feature: each class lies on a line of its own.`;
    case 'first-two':
      return `${split}${fewer} Drawn are the first two of ${many(features)} features.`;
    case 'principal':
      return `${split}${fewer} Drawn are the first two principal components of ${many(features)} features, which hold ${Math.round(100 * (picture.share ?? 0))}% of the variance.`;
  }
}

interface Scale {
  at(value: number): number;
  readonly ticks: readonly number[];
}

function scale(values: readonly number[], from: number, to: number): Scale {
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const air = 0.06 * (most - least) || 1;
  const [low, high] = [least - air, most + air];
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((digit) => digit * power >= rough) ?? 10) * power;
  const first = Math.ceil(low / step);
  const count = Math.max(0, Math.floor(high / step) - first + 1);
  return {
    at: (value) => from + ((value - low) / (high - low)) * (to - from),
    ticks: Array.from({ length: Math.min(8, count) }, (_, i) => (first + i) * step),
  };
}

const tickText = (tick: number): string =>
  String(Number(tick.toPrecision(3)))
    .replace('-', '−')
    .replace('e+', 'e');

const cut = (text: string): string => (text.length > 34 ? `${text.slice(0, 33)}…` : text);
