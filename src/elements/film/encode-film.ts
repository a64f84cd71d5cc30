// Pictures of a canvas, one after the other, as a film file: MP4 where the browser can, else WebM.
import {
  BufferTarget,
  CanvasSource,
  getFirstEncodableVideoCodec,
  Mp4OutputFormat,
  Output,
  QUALITY_HIGH,
  WebMOutputFormat,
} from 'mediabunny';
import { framesPerSecond } from './film-motion.ts';

export interface Film {
  readonly bytes: ArrayBuffer;
  readonly ending: 'mp4' | 'webm';
}

/** H.264 plays everywhere; the others are what a browser without it can write. */
async function codecFor(width: number, height: number) {
  const size = { width, height, bitrate: QUALITY_HIGH };
  const avc = await getFirstEncodableVideoCodec(['avc'], size);
  if (avc) return { codec: avc, ending: 'mp4' as const };
  const open = await getFirstEncodableVideoCodec(['vp9', 'av1', 'vp8'], size);
  return open ? { codec: open, ending: 'webm' as const } : null;
}

/**
 * @param draw draws the k-th picture onto the canvas.
 * @throws Error with a sentence where the browser cannot write films, and what `signal` was aborted with.
 */
export async function encodeFilm(
  canvas: HTMLCanvasElement,
  count: number,
  draw: (k: number) => Promise<void>,
  signal: AbortSignal,
): Promise<Film> {
  if (typeof VideoEncoder === 'undefined')
    throw new Error(
      'This browser cannot write films: it has no WebCodecs. Save the picture as PNG, or use a current Chrome, Edge, Firefox or Safari.',
    );
  const found = await codecFor(canvas.width, canvas.height);
  if (!found)
    throw new Error(
      `This browser can write no film of ${canvas.width} × ${canvas.height} pixels: choose another shape, or save the picture as PNG.`,
    );
  const output = new Output({
    format: found.ending === 'mp4' ? new Mp4OutputFormat() : new WebMOutputFormat(),
    target: new BufferTarget(),
  });
  const source = new CanvasSource(canvas, {
    codec: found.codec,
    bitrate: QUALITY_HIGH,
    keyFrameInterval: 2,
  });
  output.addVideoTrack(source, { frameRate: framesPerSecond });
  try {
    await output.start();
    for (let k = 0; k < count; k++) {
      signal.throwIfAborted();
      await draw(k);
      await source.add(k / framesPerSecond, 1 / framesPerSecond);
    }
    await output.finalize();
  } catch (error) {
    await output.cancel();
    throw error;
  }
  return { bytes: output.target.buffer!, ending: found.ending };
}
