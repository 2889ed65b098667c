// How many of the workloads that share an identity have nothing to do with each other: `orders_create`, `orders_read` and
// `delete_order` are parts of one, by the names of their blocks.

/** What a name may begin with before it says what the workload is about. */
const LEADING =
  /^(?:this|main|default|lambda|function|func|fn|app|api|service|svc|job|task|worker|cron|get|list|read|search|create|update|delete|put|post|patch|write|v\d+)$/;

/** The number of groups that plan addresses of workloads fall into; instances of one block are one workload. */
export function unrelatedAmong(addresses: readonly string[]): number {
  return new Set(addresses.map((address) => subjectOf(address) ?? address)).size;
}

/** `order` of `module.shop.aws_lambda_function.create_orders`; undefined where the name does not tell. */
function subjectOf(address: string): string | undefined {
  const words = (address.split('.').at(-1) ?? '').toLowerCase().split(/[-_]/);
  const subject = words.find((word) => !LEADING.test(word))?.replace(/s$/, '');
  return subject !== undefined && subject.length > 2 ? subject : undefined;
}
