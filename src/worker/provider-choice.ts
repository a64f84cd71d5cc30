// What a reader may choose to compute on.
export type ProviderChoice = 'auto' | 'webgpu' | 'wasm';

/** How far the runtime's download has come; a total of null where the server does not say. */
export interface DownloadReport {
  readonly loadedBytes: number;
  readonly totalBytes: number | null;
}
