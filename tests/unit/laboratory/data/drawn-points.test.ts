// Truth: plane geometry, the schema that takes the points, and that every class has a mark of its own.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import { randomStream } from '../../../../src/learning/random.ts';
import { markColour, markPath } from '../../../../src/laboratory/data/class-marks.ts';
import { PreparedTables } from '../../../../src/laboratory/data/prepared-tables.ts';
import { freeName } from '../../../../src/laboratory/data/free-name.ts';
import {
  countsOf,
  erased,
  missingYet,
  mostPoints,
  nearestErased,
  placed,
  extentOf,
  sprayed,
  withoutGaps,
  type HandPoints,
} from '../../../../src/laboratory/data/drawn-points.ts';

const stroke = fc.record({
  at: fc.tuple(
    fc.double({ min: -9, max: 9, noNaN: true }),
    fc.double({ min: -9, max: 9, noNaN: true }),
  ),
  label: fc.nat(19),
  tool: fc.constantFrom('point', 'spray', 'spray', 'erase', 'remove'),
});

describe('points placed by hand', () => {
  it('are what the schema takes, whatever the strokes', () => {
    let handed = 0;
    fc.assert(
      fc.property(
        fc.array(stroke, { minLength: 8, maxLength: 60 }),
        fc.constantFrom(2, 3, 20),
        (strokes, classes) => {
          const stream = randomStream(1, 'test');
          let points: HandPoints = [];
          for (const { at, label, tool } of strokes) {
            if (tool === 'point') points = placed(points, at, label % classes);
            if (tool === 'spray')
              points = sprayed(points, at, label % classes, { count: 3, spread: 0.3, stream });
            if (tool === 'erase') points = erased(points, at, 0.5);
            if (tool === 'remove') points = nearestErased(points, at, 0.5);
          }
          points = withoutGaps(points);
          expect(countsOf(points).every((count) => count > 0)).toBe(true);
          expect(extentOf(points)).toBe(2);
          if (missingYet(points) !== null) return;
          handed += 1;
          const { data } = parseExperiment({ data: { kind: 'points', points } }, 'test');
          expect(data).toEqual({ kind: 'points', points });
          for (const [x] of points) expect(String(x).length).toBeLessThanOrEqual(6);
        },
      ),
      { numRuns: 500 },
    );
    expect(handed).toBeGreaterThan(100);
  });

  it('are never more than there is room for', () => {
    const stream = randomStream(1, 'test');
    const brush = { count: mostPoints + 5, spread: 1, stream };
    const full = sprayed([], [0, 0], 0, brush);
    expect(full).toHaveLength(mostPoints);
    expect(placed(full, [0, 0], 0)).toBe(full);
  });

  it('go where the eraser passes, or one by one', () => {
    const row: HandPoints = [
      [0, 0, 0],
      [0.3, 0, 1],
      [1, 0, 1],
    ];
    expect(erased(row, [0.1, 0], 0.25)).toEqual([[1, 0, 1]]);
    expect(nearestErased(row, [0.2, 0], 0.25)).toEqual([row[0], row[2]]);
    expect(nearestErased(row, [0.6, 0.6], 0.25)).toBe(row);
  });

  it('keep their classes in order where one is erased', () => {
    expect(
      withoutGaps([
        [0, 0, 4],
        [1, 1, 0],
        [2, 2, 2],
      ]).map(([, , label]) => label),
    ).toEqual([2, 0, 1]);
  });

  it('are not data before there are eight of two classes', () => {
    const many = (count: number, label: number): HandPoints =>
      Array.from({ length: count }, (_, i) => [i / 10, 0, label] as const);
    expect(missingYet([])).toBe('Place 8 points of two classes at least, and they are the data.');
    expect(missingYet(many(7, 0))).toMatch(/^1 more point,/);
    expect(missingYet(many(9, 0))).toMatch(/^One class leaves nothing/);
    expect(missingYet([...many(7, 0), ...many(1, 1)])).toMatch(/^Class 1 has one point/);
    expect(missingYet([...many(6, 0), ...many(2, 1)])).toBeNull();
  });

  it('from elsewhere may need a wider editor', () => {
    expect(extentOf([[2, -2, 0]])).toBe(2);
    expect(extentOf([[2.1, -5, 0]])).toBe(5);
  });
});

it('no two of the first twenty classes look the same', () => {
  const looks = Array.from({ length: 20 }, (_, c) => markPath(c, 0, 0, 10) + markColour(c));
  expect(new Set(looks).size).toBe(20);
  // Nor do neighbours differ in colour alone.
  for (let c = 1; c < 9; c++) expect(markPath(c, 0, 0, 10)).not.toBe(markPath(c - 1, 0, 0, 10));
});

describe('names', () => {
  it('get a number where they are taken, before the ending', () => {
    const taken = new Set(['iris.csv', 'iris-2.csv', 'plain', '.csv']);
    const free = (name: string) => freeName(name, (own) => taken.has(own));
    expect(free('iris.csv')).toBe('iris-3.csv');
    expect(free('plain')).toBe('plain-2');
    expect(free('.csv')).toBe('.csv-2');
    expect(free('a.b.csv')).toBe('a.b.csv');
  });

  it('stand for one text for ever', () => {
    const tables = new PreparedTables<string>();
    const keep = (csv: string) => tables.keep('iris.csv', { csv, origin: csv });
    expect([keep('one'), keep('two'), keep('one'), keep('three')]).toEqual([
      'iris.csv',
      'iris-2.csv',
      'iris.csv',
      'iris-3.csv',
    ]);
    expect(tables.get('iris.csv')?.csv).toBe('one');
    expect(tables.get('iris-2.csv')?.origin).toBe('two');
    expect(tables.get('other.csv')).toBeNull();
  });

  it('are forgotten at last, the oldest first', () => {
    const tables = new PreparedTables<null>();
    for (let k = 0; k < 30; k++) tables.keep('t.csv', { csv: String(k), origin: null });
    expect(tables.get('t-30.csv')?.csv).toBe('29');
    expect(tables.get('t.csv')).toBeNull();
  });
});
