// Whether an answer holds the bytes that were published: nothing else is kept, and what was kept by mistake goes.
import { isPage, type EditionFile } from './edition.ts';
import { KeepingError } from './keeping-error.ts';

/** How often a file is asked for; all but the first time, past the browser's own cache. */
const tries = 3;
/** Before the third try: a host that is half deployed, or a network that is not open yet, needs a moment. */
const pause = 500;
/** Bytes of what a host unzips on the way; no tensor comes near it. */
const mostUnzipped = 2 ** 28;

async function isAsPublished(bytes: BufferSource, file: EditionFile): Promise<boolean> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const hash = `sha256-${btoa(String.fromCharCode(...digest))}`;
  return file.integrity.split(' ').includes(hash);
}

/**
 * A response with the file's bytes and status 200, whatever status and redirects it came with; null where it holds
 * something else. Rejects where it breaks off.
 */
export async function takenFrom(response: Response, file: EditionFile): Promise<Response | null> {
  const bytes = await readAtMost(response.body, mostBytesOf(file));
  if (bytes === null || !(await isAsPublished(bytes, file))) return null;
  return new Response(bytes, { status: 200, headers: response.headers });
}

/**
 * The file as it was published, from a first answer or another.
 * @throws KeepingError after several wrong ones: 'altered' where it is a page, else 'wrong'; or 'network'.
 */
export async function askedUntilRight(
  request: Request,
  first: Response,
  file: EditionFile,
): Promise<Response> {
  let response: Response | null = first;
  for (let attempt = 1; ; attempt++) {
    const taken: Response | 'broken' | null = response
      ? await takenFrom(response, file).catch(() => 'broken' as const)
      : 'broken';
    if (taken instanceof Response) return taken;
    if (attempt === tries)
      throw new KeepingError(taken === 'broken' ? 'network' : isPage(file) ? 'altered' : 'wrong');
    if (attempt > 1) await new Promise((done) => setTimeout(done, pause));
    response = await fetch(new Request(request, { cache: 'reload' })).catch(() => null);
  }
}

/**
 * The same response, whose body fails at its end, or where it grows too long, if it is not the file: for one so large
 * that a page wants to see it come.
 */
export function checkedAsItComes(
  response: Response,
  file: EditionFile,
  whenWrong: () => void,
): Response {
  const { status, statusText, headers, body } = response;
  if (!body) return response;
  const parts = new Parts(mostBytesOf(file));
  type Bytes = Uint8Array<ArrayBuffer>;
  const refuse = (controller: TransformStreamDefaultController<Bytes>): void => {
    whenWrong();
    controller.error(new KeepingError('wrong'));
  };
  const check = new TransformStream<Bytes, Bytes>({
    transform(part, controller) {
      if (parts.add(part.slice())) controller.enqueue(part);
      else refuse(controller);
    },
    async flush(controller) {
      if (!(await isAsPublished(parts.together(), file))) refuse(controller);
    },
  });
  return new Response(body.pipeThrough(check), { status, statusText, headers });
}

/** Removes what is kept under the names of these files and is not them: damaged, or kept by a worker that did not check. */
export async function removeWrong(
  cacheName: string,
  files: Iterable<readonly [key: string, file: EditionFile]>,
): Promise<void> {
  if (!(await caches.has(cacheName))) return;
  const cache = await caches.open(cacheName);
  for (const [key, file] of files) {
    const response = await cache.match(key);
    if (response && !(await takenFrom(response, file).catch(() => null))) await cache.delete(key);
  }
}

/** A file that is stored zipped has two checksums, and its size unzipped is not written down. */
const mostBytesOf = ({ integrity, bytes }: EditionFile): number =>
  integrity.includes(' ') ? mostUnzipped : bytes;

/** Null once more bytes have come; the rest is not read then. */
async function readAtMost(
  body: ReadableStream<Uint8Array<ArrayBuffer>> | null,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const parts = new Parts(most);
  const reader = body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    if (parts.add(value)) continue;
    await reader.cancel();
    return null;
  }
  return parts.together();
}

/** What has come of a body. */
class Parts {
  readonly #parts: Uint8Array<ArrayBuffer>[] = [];
  readonly #most: number;
  #total = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** False where that makes too many bytes. */
  add(part: Uint8Array<ArrayBuffer>): boolean {
    this.#total += part.length;
    if (this.#total > this.#most) return false;
    this.#parts.push(part);
    return true;
  }

  together(): Uint8Array<ArrayBuffer> {
    const whole = new Uint8Array(this.#total);
    let offset = 0;
    for (const part of this.#parts) {
      whole.set(part, offset);
      offset += part.length;
    }
    return whole;
  }
}
