// Synthesises the example stacks into `cdktf.out`: `npx tsx examples/stacks/main.ts`, or `cdktf synth`.

import { App } from 'cdktf';
import { BreakGlassStack } from './break-glass.js';
import { CustomerPortalStack } from './customer-portal.js';
import { EksServiceStack } from './eks-service.js';
import { GitHubDeployStack } from './github-deploy.js';
import { InvoiceReaderStack } from './invoice-reader.js';
import { LegacyKeyStack } from './legacy-key.js';
import { PartnerIntegrationStack } from './partner-integration.js';
import { PaymentsWorkerStack } from './payments-worker.js';
import { SupportAgentStack } from './support-agent.js';

const app = new App();
new BreakGlassStack(app, 'break-glass');
new CustomerPortalStack(app, 'customer-portal');
new EksServiceStack(app, 'eks-service');
new GitHubDeployStack(app, 'github-deploy');
new InvoiceReaderStack(app, 'invoice-reader');
new LegacyKeyStack(app, 'legacy-key');
new PartnerIntegrationStack(app, 'partner-integration');
new PaymentsWorkerStack(app, 'payments-worker');
new SupportAgentStack(app, 'support-agent');
app.synth();
