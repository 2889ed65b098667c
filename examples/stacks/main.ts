// Synthesises the example stacks into `cdktf.out`: `npx tsx examples/stacks/main.ts`, or `cdktf synth`.

import { App } from 'cdktf';
import { InvoiceReaderStack } from './invoice-reader.js';
import { PaymentsWorkerStack } from './payments-worker.js';

const app = new App();
new PaymentsWorkerStack(app, 'payments-worker');
new InvoiceReaderStack(app, 'invoice-reader');
app.synth();
