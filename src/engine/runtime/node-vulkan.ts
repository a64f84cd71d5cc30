// Whether Linux has a Vulkan loader; asking the WebGPU provider instead makes it complain on the terminal.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const loader = 'libvulkan.so.1';

/** True where there is nothing to look for: Metal and Direct3D 12 come with their systems. */
export function hasVulkanLoader(): boolean {
  if (process.platform !== 'linux') return true;
  const named = (process.env.LD_LIBRARY_PATH ?? '').split(':').filter(Boolean);
  const usual = [
    '/usr/lib/x86_64-linux-gnu',
    '/usr/lib/aarch64-linux-gnu',
    '/usr/lib64',
    '/usr/lib',
    '/usr/local/lib',
  ];
  return [...named, ...usual].some((folder) => existsSync(join(folder, loader)));
}
