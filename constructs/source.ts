// Where in the user's code a construct was made, so that a message can name the line to change.

import { dirname, isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const OWN_FOLDER = dirname(fileURLToPath(import.meta.url)) + sep;
/** What nobody wrote by hand: packages, and the bindings of `cdktf get`. */
const GENERATED = ['node_modules', '.gen'].map((folder) => `${sep}${folder}${sep}`);
const DEEPEST_CALL = 60;

/**
 * The nearest caller outside this library and outside `node_modules`, as `stacks/payments.ts:12`: relative to the
 * working directory, with `/`, so that two machines write the same. Undefined where it lies on another drive, or the
 * stack is hidden.
 */
export function callerOf(): string | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = DEEPEST_CALL;
  const { stack = '' } = new Error();
  Error.stackTraceLimit = limit;
  for (const frame of stack.split('\n').slice(1)) {
    const position = /^(.+):(\d+):\d+$/.exec(location(frame));
    if (!position?.[1]) continue;
    const file = position[1].startsWith('file:') ? fileURLToPath(position[1]) : position[1];
    if (!isAbsolute(file) || file.startsWith(OWN_FOLDER) || GENERATED.some((one) => file.includes(one)))
      continue;
    const path = relative(process.cwd(), file);
    return isAbsolute(path) ? undefined : `${path.split(sep).join('/')}:${position[2]}`;
  }
  return undefined;
}

/** `at new Stack (file:///a/b.ts:3:5)` and `at file:///a/b.ts:3:5` → `file:///a/b.ts:3:5`. */
function location(frame: string): string {
  const open = frame.lastIndexOf('(');
  if (open >= 0) return frame.slice(open + 1).replace(/\)$/, '');
  return frame.trim().replace(/^at (?:async )?/, '');
}
