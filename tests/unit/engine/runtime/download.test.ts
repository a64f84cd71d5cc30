import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { downloadBytes, DownloadError } from '../../../../src/engine/runtime/download.ts';

let server: Server | null = null;
afterEach(() => void server?.close());

const whole = Uint8Array.from({ length: 5000 }, (_, k) => k % 251);

/** Serves `whole`; its first `cut` answers break off in the middle. */
async function serve(cut: number, length: boolean): Promise<string> {
  let answers = 0;
  server = createServer((_, response) => {
    if (length) response.setHeader('content-length', whole.length);
    if (answers++ >= cut) {
      response.end(whole);
      return;
    }
    response.write(whole.subarray(0, 2000), () => setTimeout(() => response.destroy(), 20));
  });
  await new Promise<void>((resolve) => server!.listen(0, resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/runtime.wasm`;
}

test.each([
  ['of known length', true],
  ['of unknown length', false],
])(
  'a download %s that breaks off is an error in a sentence, and the next try is whole',
  async (_, length) => {
    const url = await serve(1, length);
    const broken = downloadBytes(url);
    await expect(broken).rejects.toThrow(DownloadError);
    await expect(broken).rejects.toThrow(
      /^The file http.*runtime\.wasm could not be loaded \(the download broke off after 2000 bytes\); try again\.$/,
    );
    expect(await downloadBytes(url)).toEqual(whole);
  },
);

test('it says how far it is', async () => {
  const url = await serve(0, true);
  const heard: number[] = [];
  await downloadBytes(url, ({ loadedBytes, totalBytes }) => {
    expect(totalBytes).toBe(5000);
    heard.push(loadedBytes);
  });
  expect(heard.at(-1)).toBe(5000);
});
