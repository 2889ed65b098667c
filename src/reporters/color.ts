// Colours only support what the words say.

export interface Paint {
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly good: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly strong: (text: string) => string;
}

export function painter(color: boolean): Paint {
  const tint =
    (code: number) =>
    (text: string): string =>
      color ? `\u001b[${code}m${text}\u001b[0m` : text;
  return { bad: tint(31), warn: tint(33), good: tint(32), dim: tint(2), strong: tint(1) };
}
