// Panels keep their cards through moves, undo and links: no card is lost, doubled, or given to another picture.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PanelState } from '../../../../src/laboratory/lab-state.ts';
import {
  matched,
  moved,
  plainPanel,
  replaced,
  without,
} from '../../../../src/laboratory/panels/panel-list.ts';

const panels = fc.array(fc.constantFrom('a', 'b', 'c').map(plainPanel), { maxLength: 8 });

test('the same panels have their own cards, in whatever order', () => {
  fc.assert(
    fc.property(
      panels.chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
      ),
      ([before, now]) => {
        const places = matched(before, now);
        expect(places.map((place) => before[place])).toEqual(now);
        places.forEach((place, index) => expect(before[place]).toBe(now[index]));
      },
    ),
  );
});

test('no card is given away twice, none to another kind, and none stays idle where its kind is asked for', () => {
  fc.assert(
    fc.property(panels, panels, (before, now) => {
      const places = matched(before, now);
      const given = places.filter((place) => place >= 0);
      expect(new Set(given).size).toBe(given.length);
      places.forEach((place, index) => {
        if (place >= 0) expect(before[place]!.kind).toBe(now[index]!.kind);
      });
      for (const kind of ['a', 'b', 'c']) {
        const count = (list: readonly PanelState[]) =>
          list.filter((panel) => panel.kind === kind).length;
        const kept = places.filter((place, i) => place >= 0 && now[i]!.kind === kind).length;
        expect(kept).toBe(Math.min(count(before), count(now)));
      }
    }),
  );
});

test('a changed panel keeps its card among others of its kind', () => {
  const before = [plainPanel('a'), plainPanel('a'), plainPanel('a')];
  const now = replaced(before, 1, { ...before[1]!, wide: true });
  expect(matched(before, now)).toEqual([0, 1, 2]);
});

test('moving there and back changes nothing, and past an end there is no place', () => {
  const list = [plainPanel('a'), plainPanel('b'), plainPanel('c')];
  expect(moved(moved(list, 1, 1), 2, -1)).toEqual(list);
  expect(moved(list, 0, -1)).toBe(list);
  expect(moved(list, 2, 1)).toBe(list);
  expect(without(list, 1).map(({ kind }) => kind)).toEqual(['a', 'c']);
});
