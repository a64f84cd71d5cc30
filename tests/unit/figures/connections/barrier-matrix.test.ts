// The matrix of barriers: one cell a pair in the colour of its height, and pairs that one can pick.
import { describe, expect, it } from 'vitest';
import { barrierMatrix } from '../../../../src/figures/connections/barrier-matrix.ts';
import { countBins } from '../../../../src/figures/connections/barrier-histogram.ts';
import { orderAlike } from '../../../../src/figures/connections/barrier-matrix-order.ts';
import { bandOf, barrierScale } from '../../../../src/figures/connections/barrier-scale.ts';
import { pickEvent, type PickDetail } from '../../../../src/figures/kit/figure.ts';
import { drawStill, emptyContainer, type Drawing } from '../drawing.ts';
import { barrierStudy, emptyStudy } from './valley-study.ts';

/** Colour of each cell off the diagonal, by row and column: the ground, and the paths of runs taken apart. */
function cellsOf({ all }: Drawing): Map<string, string> {
  const cells = new Map<string, string>();
  const ground = all('.cells .ground')[0]!.getAttribute('fill')!;
  for (let row = 0; row < 4; row++)
    for (let column = 0; column < 4; column++)
      if (row !== column) cells.set(`${row} ${column}`, ground);
  for (const [place, colour] of runsOf(all('.cells .level'))) cells.set(place, colour);
  return cells;
}

function runsOf(paths: readonly Element[]): [string, string][] {
  return paths.flatMap((path) =>
    [...path.getAttribute('d')!.matchAll(/M(\d+) (\d+)h(\d+)/g)].flatMap(
      ([, column, row, length]) =>
        Array.from({ length: Number(length) }, (_, k): [string, string] => [
          `${row} ${Number(column) + k}`,
          path.getAttribute('stroke') ?? '',
        ]),
    ),
  );
}

describe('matrix of barriers', () => {
  it('colours each pair twice by its height, and leaves the diagonal free', () => {
    const drawing = drawStill(barrierMatrix, barrierStudy());
    const diagonal = runsOf(drawing.all('.cells .paper-line')).map(([place]) => place);
    expect(diagonal).toEqual(['0 0', '1 1', '2 2', '3 3']);
    const cells = cellsOf(drawing);
    for (const [place, colour] of cells) {
      const [row, column] = place.split(' ');
      expect(row).not.toBe(column);
      expect(cells.get(`${column} ${row}`)).toBe(colour);
    }
    // Raw barriers go by the sum of the numbers: 0 with 3 is as high as 1 with 2, and 2 with 3 is higher.
    expect(cells.get('0 3')).toBe(cells.get('1 2'));
    expect(cells.get('2 3')).not.toBe(cells.get('0 1'));
  });

  it('keeps one scale for both states, on which aligned barriers are darker', () => {
    const matrices = [[0.5], [0.01]];
    const scale = barrierScale(matrices, true);
    expect(scale.maximum).toBe(0.5);
    expect(bandOf(scale, 0.01)).toBeLessThan(bandOf(scale, 0.5));
    expect(bandOf(scale, 0)).toBe(0);
    expect(bandOf(scale, NaN)).toBe(scale.bands.length - 1);
    const [raw, aligned] = (['raw', 'weights'] as const).map((state) =>
      cellsOf(drawStill(barrierMatrix, barrierStudy(), { aligned: state })),
    );
    expect(raw!.get('0 1')).not.toBe(aligned!.get('0 1'));
  });

  it('draws half and half: as trained below the diagonal, aligned above it', () => {
    const both = cellsOf(drawStill(barrierMatrix, barrierStudy(), { aligned: 'both' }));
    const raw = cellsOf(drawStill(barrierMatrix, barrierStudy()));
    const aligned = cellsOf(drawStill(barrierMatrix, barrierStudy(), { aligned: 'weights' }));
    expect(both.get('3 0')).toBe(raw.get('3 0'));
    expect(both.get('0 3')).toBe(aligned.get('0 3'));
  });

  it('puts those alike side by side', () => {
    const matrix = Array.from({ length: 16 }, (_, at) =>
      (Math.floor(at / 4) - (at % 4)) % 2 === 0 ? 0.001 : 0.01,
    );
    const parities = orderAlike(matrix, 4).map((network) => network % 2);
    expect(parities[0]).toBe(parities[1]);
    expect(parities[2]).toBe(parities[3]);
    expect(new Set(orderAlike(matrix, 4)).size).toBe(4);
  });

  it('counts every pair in the histogram, zeros at its lower end', () => {
    const scale = barrierScale([[1]], true);
    const counts = countBins(scale, [0, 0, 1e-9, 1]);
    expect(counts[0]).toBe(3);
    expect(counts.at(-1)).toBe(1);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4);
  });

  it('names the mean with its interval, and the other state beside it', () => {
    const texts = drawStill(barrierMatrix, barrierStudy()).texts();
    // 0.1 (i + j) over the six pairs of 0 to 3 is 0.3 on average.
    expect(texts).toContain('mean 0.3');
    expect(texts).toContain('95% interval 0.27 to 0.33');
    // Two pairs of equal parity at 0.001, four others at 0.01.
    expect(texts).toContain('aligned: 0.007');
  });

  it('says what a picked network and a picked pair have', () => {
    const network = drawStill(barrierMatrix, barrierStudy(), { selected: 3 }).texts();
    expect(network.join(' ')).toContain('network 3: 0.4 on average');
    const pair = drawStill(barrierMatrix, barrierStudy(), { selected: 1, partner: 3 }).texts();
    expect(pair.join(' ')).toContain('networks 1 and 3: 0.4');
    expect(pair.join(' ')).toContain('aligned by weights 0.001');
  });

  it('gives the numbers in words and as a table', () => {
    const study = barrierStudy();
    expect(barrierMatrix.describe(study, barrierMatrix.initial)).toContain(
      'as trained, the mean of 6 pairs is 0.3 (95% interval 0.27 to 0.33) and the highest 0.5',
    );
    const { columns, rows } = barrierMatrix.table!(study, barrierMatrix.initial);
    expect(columns.map(({ name }) => name)).toContain('barrier aligned by weights');
    expect(rows).toHaveLength(6);
    const last = rows.at(-1)!.map(Number);
    expect(last.slice(0, 2)).toEqual([2, 3]);
    expect(last[2]).toBeCloseTo(0.5, 6);
    expect(last[3]).toBeCloseTo(0.01, 6);
  });

  it('says what is missing where the barriers are not loaded', () => {
    const { texts } = drawStill(barrierMatrix, emptyStudy());
    expect(texts().join(' ')).toContain('are not loaded here');
  });
});

describe('pairs of a live matrix', () => {
  function drawLive() {
    const container = emptyContainer();
    const width = 632;
    const height = barrierMatrix.height(width);
    const environment = { width, height, interactive: true, reducedMotion: true };
    const handle = barrierMatrix.draw(
      container,
      barrierStudy(),
      barrierMatrix.initial,
      environment,
    );
    // A place on the page is one in the drawing.
    const svg = Object.assign(container.querySelector('svg')!, { clientLeft: 0, clientTop: 0 });
    const picks: (number | null)[] = [];
    container.addEventListener(pickEvent, (event) =>
      picks.push((event as CustomEvent<PickDetail>).detail.network),
    );
    const view = container.ownerDocument.defaultView!;
    const fire = (type: string, facts: object): void => {
      svg.dispatchEvent(Object.assign(new view.Event(type, { cancelable: true }), facts));
    };
    const words = () => svg.querySelector('.layer-words')!.textContent;
    return { handle, svg, picks, fire, words };
  }

  it('picks the pair under the pointer, of which the page hears the first', () => {
    const { fire, picks, words, handle } = drawLive();
    // Row 1, column 3 of four, in the middle of the cell.
    const side = 632 * 0.56;
    const at = { pageX: 30 + (3.5 / 4) * side, pageY: 22 + (1.5 / 4) * side };
    fire('pointermove', { pointerType: 'mouse', ...at, clientX: at.pageX, clientY: at.pageY });
    expect(picks).toEqual([1]);
    expect(words()).toContain('networks 1 and 3: 0.4');
    // The page answers with the state it knows, which has no partner.
    handle.update({ ...barrierMatrix.initial, selected: 1 });
    expect(words()).toContain('networks 1 and 3');
    handle.update({ ...barrierMatrix.initial, selected: 2 });
    expect(words()).toContain('network 2:');
  });

  it('picks a network by left and right, its partner by up and down', () => {
    const { fire, picks, words, svg } = drawLive();
    for (const key of ['ArrowRight', 'ArrowRight']) fire('keydown', { key });
    expect(picks).toEqual([0, 1]);
    fire('keydown', { key: 'ArrowDown' });
    expect(picks.at(-1)).toBe(1);
    expect(words()).toContain('networks 1 and 0');
    fire('keydown', { key: 'ArrowDown' });
    expect(words()).toContain('networks 1 and 2: 0.3');
    expect(svg.getAttribute('aria-valuetext')).toContain('networks 1 and 2: 0.3');
  });
});
