// Where the bundler put ONNX Runtime's files; only importing this module makes them part of a site.
import asyncifyScript from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import asyncifyBinary from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import jspiScript from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url';
import jspiBinary from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
import wasmScript from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasmBinary from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { RuntimeUrls } from '../engine/runtime/web-runtime.ts';

export const runtimeUrls: RuntimeUrls = {
  wasm: { binary: wasmBinary, script: wasmScript },
  jspi: { binary: jspiBinary, script: jspiScript },
  asyncify: { binary: asyncifyBinary, script: asyncifyScript },
};
