// The cells of a matrix in few paths: one a colour, each run of equal cells in a row a stroke.
import { bandOf } from './barrier-scale.ts';
import type { LevelScale } from './level-scale.ts';
import type { Group } from './stage.ts';

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
  const paths = scale.bands.map(() => '');
  for (let row = 0; row < N; row++) {
    for (let column = 0; column < N;) {
      const band = bandAt(row, column);
      let end = column + 1;
      while (end < N && bandAt(row, end) === band) end += 1;
      if (band !== null) paths[band] += `M${column} ${row}h${end - column}`;
      column = end;
    }
  }
  const cells = group
    .append('g')
    .attr('class', 'cells')
    .attr('transform', `translate(${x},${(y + cell / 2).toFixed(2)}) scale(${cell.toFixed(3)})`);
  for (const [band, path] of paths.entries())
    if (path !== '')
      cells
        .append('path')
        .attr('fill', 'none')
        .attr('stroke', scale.bands[band]!.colour)
        // A hair over one, or the paper would shine through between rows.
        .attr('stroke-width', 1.03)
        .attr('d', path);

  function bandAt(row: number, column: number): number | null {
    const own = value(row, column);
    return own === null ? null : bandOf(scale, own);
  }
}
