// Exact arithmetic. The language counts in binary with 512 digits, and shows the shortest decimal that stands for the
// result. Where that is longer than a number of JavaScript holds (a third; 0.1 + 0.2, rounded differently), it is not told.

interface Decimal {
  readonly digits: bigint;
  /** How many of them stand behind the point. */
  readonly scale: number;
}

/** More digits than a number of JavaScript can tell apart. */
const PRECISION = 15;
const BITS = 512;

function decimalOf(value: number): Decimal {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale };
}

/** A fraction; `over` is positive. */
interface Fraction {
  readonly top: bigint;
  readonly over: bigint;
}

/** The nearest fraction with 512 binary digits; of two that are as near, the even one. */
function rounded({ top, over }: Fraction): Fraction {
  if (top === 0n) return { top, over: 1n };
  const sign = top < 0n ? -1n : 1n;
  const size = (value: bigint): number => value.toString(2).length;
  let shift = BITS + size(over) - size(top * sign);
  const scaled = (): bigint => (shift >= 0 ? (top * sign) << BigInt(shift) : (top * sign) >> BigInt(-shift));
  if (size(scaled() / over) > BITS) shift--;
  // Numbers are bounded so that nothing is lost by shifting to the right.
  const quotient = scaled() / over;
  const rest = 2n * (scaled() - quotient * over);
  const up = rest > over || (rest === over && quotient % 2n === 1n) ? 1n : 0n;
  return { top: sign * (quotient + up), over: 1n << BigInt(Math.max(shift, 0)) };
}

function same(a: Fraction, b: Fraction): boolean {
  return a.top * b.over === b.top * a.over;
}

function fractionOf({ digits, scale }: Decimal): Fraction {
  return { top: digits, over: 10n ** BigInt(scale) };
}

function compute(a: Fraction, operator: '+' | '-' | '*' | '/' | '%', b: Fraction): Fraction {
  const over = a.over * b.over;
  switch (operator) {
    case '+':
      return { top: a.top * b.over + b.top * a.over, over };
    case '-':
      return { top: a.top * b.over - b.top * a.over, over };
    case '*':
      return { top: a.top * b.top, over };
    case '/':
      return b.top < 0n
        ? { top: -a.top * b.over, over: -b.top * a.over }
        : { top: a.top * b.over, over: b.top * a.over };
    case '%':
      return { top: (a.top * b.over) % (b.top * a.over), over };
  }
}

/** Undefined where the fraction has more digits than can be held, or no end. */
function numberOf({ top, over }: Fraction): number | undefined {
  const scale = 2 * PRECISION;
  const scaled = top * 10n ** BigInt(scale);
  if (scaled % over !== 0n) return undefined;
  const text = String(scaled / over);
  return text.replace(/^-|0+$/g, '').length > PRECISION ? undefined : Number(`${text}e-${scale}`);
}

/** Undefined where the result cannot be held. The divisor is not zero. */
export function calculate(
  left: number,
  operator: '+' | '-' | '*' | '/' | '%',
  right: number,
): number | undefined {
  const [a, b] = [decimalOf(left), decimalOf(right)];
  if (![left, right].every(Number.isFinite) || a.scale > 60 || b.scale > 60) return undefined;
  const result = numberOf(compute(fractionOf(a), operator, fractionOf(b)));
  if (result === undefined) return undefined;
  const theirs = rounded(compute(rounded(fractionOf(a)), operator, rounded(fractionOf(b))));
  if (!same(theirs, rounded(fractionOf(decimalOf(result))))) return undefined;
  const negative = (value: number): boolean => value < 0 || Object.is(value, -0);
  return result === 0 && (operator === '*' || operator === '/') && negative(left) !== negative(right)
    ? -0
    : result;
}
