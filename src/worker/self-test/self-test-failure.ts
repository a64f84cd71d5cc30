// What keeps the self-test from running at all, in one sentence that says what to do.
import { failureOf } from '../failures.ts';

export function selfTestFailure(error: unknown): string {
  const { kind, sentence } = failureOf(error);
  const message = error instanceof Error ? error.message : String(error ?? 'nothing said why');
  const line = (message.split('\n', 1)[0] ?? '').trim().replace(/\.$/, '').slice(0, 200);
  switch (kind) {
    case 'provider':
      return sentence;
    case 'memory':
      return 'The browser has no memory left for the tests: close other tabs, reload the page, and run them again.';
    case 'device-lost':
      return `The graphics device was lost (${line}); run the tests on WebAssembly.`;
    case 'download':
      return `The runtime or the published files could not be loaded (${line}); check the connection and run the tests again.`;
    default:
      return `The tests ended with an error (${line}); run them on WebAssembly, or reload the page.`;
  }
}
