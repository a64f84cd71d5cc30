// Which pages are open: each holds a lock of its own for as long as it lives, and a crash lets go of it.

const nameOf = (tab: string): string => `atlas-lab-tab ${tab}`;

/** Locks are given to secure pages alone. */
const locks = (): LockManager | null => navigator.locks ?? null;

/** Says that this page lives, until `end` or its own end. */
export async function liveAs(tab: string): Promise<() => void> {
  const manager = locks();
  if (!manager) return () => undefined;
  return new Promise((resolve, reject) => {
    manager
      .request(nameOf(tab), () => new Promise<void>((end) => resolve(() => end())))
      .catch(reject);
  });
}

/** The pages among these that are gone. Without locks, those that have been silent for `patience` milliseconds. */
export async function goneAmong(
  tabs: readonly { readonly tab: string; readonly savedAt: number }[],
  patience = 60_000,
): Promise<ReadonlySet<string>> {
  const manager = locks();
  if (!manager) {
    const silent = tabs.filter(({ savedAt }) => Date.now() - savedAt > patience);
    return new Set(silent.map(({ tab }) => tab));
  }
  const { held = [] } = await manager.query();
  const names = new Set(held.map(({ name }) => name));
  return new Set(tabs.map(({ tab }) => tab).filter((tab) => !names.has(nameOf(tab))));
}
