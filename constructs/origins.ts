// Where elements were made. Both frameworks mean to note it (`addMetadata('stacktrace', …)` as each element begins) and
// leave the trace away; what they call is listened to, in governed apps only.

import type { IConstruct, Node } from 'constructs';
import { callerOf } from './source.js';

/** What the framework calls the note that it makes of every element. */
const NOTE_OF_ELEMENT = 'stacktrace';
/** Shared by all copies of this library in a process: they listen once. */
const LISTENERS = Symbol.for('leasehold/origins');

type Listener = (element: IConstruct, source: string | undefined) => void;
type Listened = Node & { [LISTENERS]?: WeakMap<IConstruct, Listener> };

/** Calls `listener` for each element that is made under this root from now on, with the user's line that made it. */
export function listen(root: IConstruct, listener: Listener): void {
  const node = Object.getPrototypeOf(root.node) as Listened;
  let listeners = node[LISTENERS];
  if (!listeners) {
    listeners = new WeakMap();
    Object.defineProperty(node, LISTENERS, { value: listeners });
    const { addMetadata } = node;
    node.addMetadata = function (this: Node, type, data, options) {
      const listening = type === NOTE_OF_ELEMENT ? listeners?.get(this.root) : undefined;
      const element = this.scopes.at(-1);
      if (listening && element) listening(element, callerOf());
      addMetadata.call(this, type, data, options);
    };
  }
  listeners.set(root, listener);
}
