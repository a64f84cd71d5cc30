// What the laboratory can start from, fetched by it when a reader asks.
import type { APIRoute } from 'astro';
import { labPresets } from '../../site/readers/lab-presets.ts';

export const GET: APIRoute = async () => new Response(JSON.stringify(await labPresets()));
