// Synthesises the example stacks into `cdktf.out`: `npx tsx examples/stacks/main.ts`, or `cdktf synth`.

import { App } from 'cdktf';
import { CustomerPortalStack } from './customer-portal.js';
import { InvoiceReaderStack } from './invoice-reader.js';
import { PaymentsWorkerStack } from './payments-worker.js';

const app = new App();
new PaymentsWorkerStack(app, 'payments-worker');
new InvoiceReaderStack(app, 'invoice-reader');
new CustomerPortalStack(app, 'customer-portal');
app.synth();
