// Every page on a phone: see visit-every-page.ts.
import { visitEveryPage } from './visit-every-page.ts';

visitEveryPage('phone');
