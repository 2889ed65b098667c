// Services that act for somebody else's resource when they assume a role, and say so in the request: a trust without
// a condition on the source lets any customer of the service use the role (confused deputy).
// https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html

/** Only services that document that they send `aws:SourceArn` or `aws:SourceAccount` when they assume a role. */
const DEPUTIES: ReadonlySet<string> = new Set([
  'bedrock',
  'bedrock-agentcore',
  'cloudtrail',
  'config',
  'events',
  'iot',
  'logs',
  'pipes',
  's3',
  'batchoperations.s3',
  'sagemaker',
  'scheduler',
  'sns',
  'transfer',
  'vpc-flow-logs',
]);

/** `logs.eu-west-1.amazonaws.com` and `logs.amazonaws.com` are one service. */
export function expectsSource(principal: string): boolean {
  const name = principal.toLowerCase().replace(/\.amazonaws\.com(\.cn)?$/, '');
  return DEPUTIES.has(name) || DEPUTIES.has(name.replace(/\.[a-z]{2}(-[a-z]+)+-\d$/, ''));
}
