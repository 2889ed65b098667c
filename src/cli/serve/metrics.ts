// Counters in the text format of Prometheus: https://prometheus.io/docs/instrumenting/exposition_formats/

const BUCKETS = [1, 2, 5, 10, 30, 60, 300, 900, 3600];

interface Family {
  readonly help: string;
  readonly type: 'counter' | 'gauge';
  /** By labels as they are printed: `{outcome="accepted"}`. */
  readonly samples: Map<string, number>;
}

export class Metrics {
  readonly #families = new Map<string, Family>();
  readonly #seconds = { buckets: BUCKETS.map(() => 0), sum: 0, count: 0 };

  /** @param label values come from this program, never from a request */
  count(name: string, help: string, label: Readonly<Record<string, string>> = {}): void {
    const { samples } = this.#family(name, help, 'counter');
    const key = labels(label);
    samples.set(key, (samples.get(key) ?? 0) + 1);
  }

  gauge(name: string, help: string, value: number): void {
    this.#family(name, help, 'gauge').samples.set('', value);
  }

  /** How long a task took from its request to its result. */
  took(seconds: number): void {
    this.#seconds.sum += seconds;
    this.#seconds.count++;
    for (const [index, most] of BUCKETS.entries())
      if (seconds <= most) this.#seconds.buckets[index] = (this.#seconds.buckets[index] ?? 0) + 1;
  }

  render(): string {
    const lines = [...this.#families]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([name, family]) => [
        `# HELP ${name} ${family.help}`,
        `# TYPE ${name} ${family.type}`,
        ...[...family.samples]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, value]) => `${name}${key} ${value}`),
      ]);
    const name = 'leasehold_task_seconds';
    const { buckets, sum, count } = this.#seconds;
    return [
      ...lines,
      `# HELP ${name} From the request of a task to its result.`,
      `# TYPE ${name} histogram`,
      ...BUCKETS.map((most, index) => `${name}_bucket{le="${most}"} ${buckets[index]}`),
      `${name}_bucket{le="+Inf"} ${count}`,
      `${name}_sum ${sum.toFixed(3)}`,
      `${name}_count ${count}`,
      '',
    ].join('\n');
  }

  #family(name: string, help: string, type: Family['type']): Family {
    const known = this.#families.get(name) ?? { help, type, samples: new Map() };
    this.#families.set(name, known);
    return known;
  }
}

function labels(label: Readonly<Record<string, string>>): string {
  const parts = Object.entries(label).map(([key, value]) => `${key}="${value}"`);
  return parts.length > 0 ? `{${parts.join(',')}}` : '';
}
