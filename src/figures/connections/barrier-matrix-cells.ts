// The cells of a matrix in few paths: the commonest colour is the ground, of each other colour every run of equal cells in a row is a stroke.
import { bandOf } from './barrier-scale.ts';
import type { LevelScale } from '../kit/level-scale.ts';
import type { Group } from '../kit/stage.ts';

export interface CellsOptions {
  readonly N: number;
  readonly x: number;
  readonly y: number;
  /** CSS pixels a side. */
  readonly cell: number;
  readonly scale: LevelScale;
  /** Value of row r, column c as they stand in the picture; null on the diagonal. */
  value(row: number, column: number): number | null;
}

/** Paths count in cells and are scaled up by their group, so that their coordinates are short whole numbers. */
export function drawCells(group: Group, { N, x, y, cell, scale, value }: CellsOptions): void {
  const bands = Array.from({ length: N * N }, (_, at) => {
    const own = value(Math.floor(at / N), at % N);
    return own === null ? null : bandOf(scale, own);
  });
  const counts = scale.bands.map((_, band) => bands.filter((own) => own === band).length);
  const ground = counts.indexOf(Math.max(...counts));
  const cells = group
    .append('g')
    .attr('class', 'cells')
    .attr('transform', `translate(${x},${(y + cell / 2).toFixed(2)}) scale(${cell.toFixed(3)})`);
  cells
    .append('path')
    .attr('class', 'ground')
    .attr('fill', scale.bands[ground]!.colour)
    .attr('d', `M0 -.5h${N}v${N}h-${N}z`);
  for (const [band, { colour }] of scale.bands.entries())
    if (band !== ground && counts[band]! > 0)
      stroke(runs(band)).attr('class', 'level').attr('stroke', colour);
  stroke(runs(null)).attr('class', 'paper-line');

  function stroke(path: string) {
    // A hair over one, or the ground would shine through between rows.
    return cells.append('path').attr('fill', 'none').attr('stroke-width', 1.03).attr('d', path);
  }

  /** `M3 7h2`: two cells in row 7, from column 3. */
  function runs(band: number | null): string {
    let path = '';
    for (let row = 0; row < N; row++)
      for (let column = 0; column < N; column++) {
        const start = column;
        while (column < N && bands[row * N + column] === band) column += 1;
        if (column > start) path += `M${start} ${row}h${column - start}`;
      }
    return path;
  }
}
