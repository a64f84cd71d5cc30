// Every page on a desktop: see visit-every-page.ts.
import { visitEveryPage } from './visit-every-page.ts';

visitEveryPage('desktop');
