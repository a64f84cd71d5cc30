// Spreads independent pieces of work over an executor's lanes.

/**
 * Calls `use` for every item; each lane takes the next item as soon as it is free. After a failure no item is
 * begun, and the error is thrown once every lane is at rest: whoever catches it may dispose what they used.
 */
export async function onLanes<Item>(
  items: readonly Item[],
  lanes: number,
  use: (item: Item, lane: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const workThrough = async (lane: number): Promise<void> => {
    try {
      while (next < items.length) await use(items[next++] as Item, lane);
    } catch (error) {
      next = items.length;
      throw error;
    }
  };
  const lanesEnded = await Promise.allSettled(
    Array.from({ length: Math.min(lanes, items.length) }, (_, k) => workThrough(k)),
  );
  const failure = lanesEnded.find((lane) => lane.status === 'rejected');
  if (failure) throw failure.reason;
}
