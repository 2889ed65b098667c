// Services that take up a role on behalf of a resource which somebody else may own, and say for which one:
// a role for them has to ask for it. Services that run the account's own code are none (lambda, ec2, ecs-tasks).
// https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html

/** Service names without `.amazonaws.com` and region; each documents `aws:SourceArn` or `aws:SourceAccount` for roles. */
const DEPUTIES: ReadonlySet<string> = new Set([
  'bedrock',
  'bedrock-agentcore',
  'cloudtrail',
  'config',
  'datasync',
  'events',
  'iot',
  'logs',
  'personalize',
  'pipes',
  's3',
  'sagemaker',
  'scheduler',
  'sns',
  'transfer',
  'vpc-flow-logs',
]);

/** True for `scheduler.amazonaws.com` and its regional and partition forms (`logs.eu-west-1.amazonaws.com`). */
export function isDeputy(principal: string): boolean {
  const name = principal
    .toLowerCase()
    .replace(/\.amazonaws\.com(?:\.cn)?$/, '')
    .replace(/\.[a-z]{2}(?:-[a-z]{2,12}){1,3}-\d{1,2}$/, '');
  return DEPUTIES.has(name);
}
