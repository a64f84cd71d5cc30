import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { LabState } from '../../../src/laboratory/lab-state.ts';
import { LabStore } from '../../../src/laboratory/lab-store.ts';
import { standardState } from '../../../src/laboratory/storage/standard-state.ts';

const standard = standardState();
const withSeed = (seed: number) => ({ experiment: { ...standard.experiment, seed } });

/** A store, and a clock that stands still until it is moved. */
function aStore() {
  const clock = { now: 0 };
  return { clock, store: new LabStore(standard, () => clock.now) };
}

describe('the store', () => {
  it('undoes and redoes settings one by one', () => {
    const { store } = aStore();
    store.change(withSeed(1));
    store.change(withSeed(2));
    store.undo();
    expect(store.state.experiment.seed).toBe(1);
    store.undo();
    expect(store.state).toEqual(standard);
    expect([store.canUndo, store.canRedo]).toEqual([false, true]);
    store.redo();
    store.redo();
    expect(store.state.experiment.seed).toBe(2);
    expect([store.canUndo, store.canRedo]).toEqual([true, false]);
  });

  it('undoes the way of a slider as one, and two ways with a rest between as two', () => {
    const { store, clock } = aStore();
    for (const seed of [1, 2, 3]) {
      store.change(withSeed(seed), 'seed');
      clock.now += 100;
    }
    clock.now += 1000;
    store.change(withSeed(4), 'seed');
    store.undo();
    expect(store.state.experiment.seed).toBe(3);
    store.undo();
    expect(store.state).toEqual(standard);
  });

  it('forgets a slider’s way that ended where it began', () => {
    const { store } = aStore();
    store.change(withSeed(1), 'seed');
    store.change(withSeed(standard.experiment.seed), 'seed');
    expect(store.canUndo).toBe(false);
  });

  it('keeps what is picked and where it is computed out of what is undone', () => {
    const { store } = aStore();
    store.change(withSeed(1));
    store.pass({ selected: 3, provider: 'wasm' });
    store.undo();
    expect(store.state).toEqual({ ...standard, selected: 3, provider: 'wasm' });
    store.pass({ selected: 4 });
    store.redo();
    expect(store.state).toEqual({ ...standard, ...withSeed(1), selected: 4, provider: 'wasm' });
  });

  it('tells each change once, with what was before, and nothing where nothing changed', () => {
    const { store } = aStore();
    const heard: [number, number][] = [];
    const end = store.listen((now, before) =>
      heard.push([now.experiment.seed, before.experiment.seed]),
    );
    store.change(withSeed(1));
    store.change(withSeed(1));
    store.undo();
    store.undo();
    end();
    store.redo();
    expect(heard).toEqual([
      [1, 42],
      [42, 1],
    ]);
  });

  it('tells changes in order where a listener changes something itself', () => {
    const { store } = aStore();
    const heard: number[] = [];
    store.listen((now) => {
      if (now.experiment.seed === 1) store.change(withSeed(2));
    });
    store.listen((now) => heard.push(now.experiment.seed));
    store.change(withSeed(1));
    expect(heard).toEqual([1, 2]);
  });

  it('tells the others where one listener fails', () => {
    const { store } = aStore();
    const reported: unknown[] = [];
    vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
    const heard: number[] = [];
    store.listen(() => {
      throw new Error('a listener’s own');
    });
    store.listen((now) => heard.push(now.experiment.seed));
    store.change(withSeed(1));
    store.change(withSeed(2));
    vi.unstubAllGlobals();
    expect(heard).toEqual([1, 2]);
    expect(reported).toHaveLength(2);
  });

  it('keeps 200 steps back', () => {
    const { store } = aStore();
    for (let seed = 100; seed < 400; seed++) store.change(withSeed(seed));
    let steps = 0;
    while (store.canUndo) {
      store.undo();
      steps++;
    }
    expect(steps).toBe(200);
    expect(store.state.experiment.seed).toBe(199);
  });

  it('is the list of all states with a place in it, whatever is done', () =>
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 60 }), (done) => {
        const { store } = aStore();
        const list = [42];
        let place = 0;
        for (const act of done) {
          if (typeof act === 'number') {
            store.change(withSeed(act));
            if (act !== list[place]) {
              list.length = place + 1;
              list.push(act);
              place++;
            }
          } else {
            store[act]();
            place += act === 'undo' ? -1 : 1;
            place = Math.max(0, Math.min(list.length - 1, place));
          }
          expect(seedOf(store.state)).toBe(list[place]);
          expect(store.canUndo).toBe(place > 0);
          expect(store.canRedo).toBe(place < list.length - 1);
        }
      }),
    ));
});

const acts = fc.oneof(fc.nat(3), fc.constantFrom('undo' as const, 'redo' as const));
const seedOf = ({ experiment }: LabState): number => experiment.seed;
