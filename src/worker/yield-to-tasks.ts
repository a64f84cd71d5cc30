// Lets other tasks run: awaiting a computation in WebAssembly gives way to promises alone, never to messages.

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();
// In Node an open port would keep the process alive.
(channel.port1 as { unref?: () => void }).unref?.();

/** Resolves in a later task, without the 4 ms that nested timers wait. */
export function yieldToTasks(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}
