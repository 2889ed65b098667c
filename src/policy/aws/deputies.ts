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

/** True for `scheduler.amazonaws.com` and its regional and partition forms (`logs.eu-west-1.amazonaws.com`). */
export function isDeputy(principal: string): boolean {
  const name = principal
    .toLowerCase()
    .replace(/\.amazonaws\.com(?:\.cn)?$/, '')
    .replace(/\.[a-z]{2}(?:-[a-z]{2,12}){1,3}-\d{1,2}$/, '');
  return DEPUTIES.has(name);
}
