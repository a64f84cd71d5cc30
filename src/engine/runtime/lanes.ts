// Spreads independent pieces of work over an executor's lanes.

/** Calls `use` for every item; each lane takes the next item as soon as it is free. */
export async function onLanes<Item>(
  items: readonly Item[],
  lanes: number,
  use: (item: Item, lane: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const takeTurns = async (lane: number): Promise<void> => {
    while (next < items.length) await use(items[next++] as Item, lane);
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, (_, k) => takeTurns(k)));
}
