// Serves CITATION.cff beside the pages, so that what one cites can be downloaded where one reads.
import { citationSource } from '../site/readers/citation-file.ts';

export const GET = () => new Response(citationSource());
