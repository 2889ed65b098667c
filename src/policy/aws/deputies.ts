// Services that take up a role on behalf of a resource which somebody else may own, and say for which one:
// a role for them has to ask for it. Services that run the account's own code are none (lambda, ec2, ecs-tasks).
// https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html

/** Service names without `.amazonaws.com` and region; each documents `aws:SourceArn` or `aws:SourceAccount` for roles. */
const DEPUTIES: ReadonlySet<string> = new Set([
  'bedrock',
  'bedrock-agentcore',
  'cloudtrail',
  'comprehend',
  'config',
  'datasync',
  'events',
  'greengrass',
  'iot',
  'iotevents',
  'iotsitewise',
  'kendra',
  'lexv2',
  'logs',
  'omics',
  'osis-pipelines',
  'personalize',
  'pipes',
  'qbusiness',
  'rekognition',
  's3',
  'sagemaker',
  'scheduler',
  'ses',
  'sns',
  'transfer',
  'vpc-flow-logs',
]);

/** Lets in whoever has a certificate of a trust anchor: a role for it has to say of which, or with what in it. */
export const CERTIFICATES = 'rolesanywhere.amazonaws.com';

/** Services that make just the calls which somebody wrote down for them: a rule, a schedule, a pipeline, a workflow. */
const MESSENGERS: ReadonlySet<string> = new Set(['codepipeline', 'events', 'pipes', 'scheduler', 'states']);

/** True for a service that makes written-down calls only, so that holding its role is not speaking for it. */
export function isMessenger(principal: string): boolean {
  return MESSENGERS.has(shortName(principal));
}

/** True for `scheduler.amazonaws.com` and its regional and partition forms (`logs.eu-west-1.amazonaws.com`). */
export function isDeputy(principal: string): boolean {
  return DEPUTIES.has(shortName(principal));
}

function shortName(principal: string): string {
  return principal
    .toLowerCase()
    .replace(/\.amazonaws\.com(?:\.cn)?$/, '')
    .replace(/\.[a-z]{2}(?:-[a-z]{2,12}){1,3}-\d{1,2}$/, '');
}
