// What the page does once it is open: sorts, filters, opens an identity. It writes text only, never markup.
// Kept as text because it runs in a browser; no back quotes in it.

export const SCRIPT = `'use strict';
(() => {
  const part = (name) => document.querySelector('[data-part=' + name + ']');
  const table = part('identities');
  if (!table) return;
  const { now, routes, details } = JSON.parse(part('details').textContent);
  const rows = [...table.tBodies];
  const filters = part('filters');
  const controls = [...filters.querySelectorAll('[data-filter]')];
  const byId = new Map(rows.map((row) => [row.dataset.address, row]));
  const found = new Map();
  for (const section of document.querySelectorAll('[data-findings]')) found.set(section.dataset.findings, section);
  const words = new Map();
  const DAY = 86400000;
  // A browser takes a second to lay out thousands of rows: the rest is shown when asked for.
  let most = 200;
  let ordered = rows;

  const make = (tag, name, ...inner) => {
    const node = document.createElement(tag);
    if (name) node.className = name;
    node.append(...inner);
    return node;
  };
  const draw = (tag, attributes, ...inner) => {
    const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...inner);
    return node;
  };
  const list = (items, none) =>
    items.length === 0 ? make('p', 'soft', none) : make('ul', '', ...items.map((one) => make('li', '', ...[].concat(one))));
  const tone = { unbounded: 'bad', broad: 'warn', undecided: 'open' };

  // Sorting
  const heads = [...table.tHead.rows[0].cells];
  const keys = new Map(rows.map((row) => [row, JSON.parse(row.dataset.order)]));
  heads.forEach((head, column) => {
    const button = make('button', '', head.textContent);
    button.type = 'button';
    button.addEventListener('click', () => {
      const down = head.getAttribute('aria-sort') === 'ascending';
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
      ordered = [...rows].sort((one, other) => {
        const by = compare(keys.get(one)[column], keys.get(other)[column]);
        return (down ? -by : by) || compare(keys.get(one)[0], keys.get(other)[0]);
      });
      table.append(...ordered);
      filter();
    });
    head.replaceChildren(button);
  });

  // Filters
  const text = (row) => {
    let all = words.get(row);
    if (all === undefined) {
      const { address } = row.dataset;
      const detail = details[address];
      all = [row.rows[0].textContent, found.get(address)?.textContent ?? '', detail ? JSON.stringify(detail) : ''].join(' ').toLowerCase();
      words.set(row, all);
    }
    return all;
  };
  const checks = {
    text: (row, value) => value.toLowerCase().split(/\\s+/).every((word) => text(row).includes(word)),
    severity: (row, value) => row.dataset.severities.split(' ').includes(value),
    verdict: (row, value) => row.dataset.verdicts.split(' ').includes(value),
    owner: (row, value) => row.dataset.owner === value,
    package: (row, value) => row.dataset.package === value,
    plan: (row, value) => row.dataset.plan === value,
    changed: (row) => row.dataset.changed === 'yes',
  };
  const filter = () => {
    const asked = controls
      .map((control) => [control.dataset.filter, control.type === 'checkbox' ? (control.checked ? 'yes' : '') : control.type === 'search' ? control.value.trim() : control.value])
      .filter(([, value]) => value !== '');
    const matching = ordered.filter((row) => asked.every(([name, value]) => checks[name](row, value)));
    const shown = new Set(matching.slice(0, most));
    for (const row of rows) row.hidden = !shown.has(row);
    const rest = matching.length - shown.size;
    part('shown').textContent = matching.length + ' of ' + rows.length + (rest > 0 ? ' match, the first ' + most + ' shown' : ' shown');
    part('more').hidden = rest === 0;
    part('more').textContent = 'Show ' + rest + ' more';
  };
  const showAll = () => {
    most = Infinity;
    filter();
  };
  part('more').addEventListener('click', showAll);
  addEventListener('beforeprint', showAll);
  const clear = () => {
    for (const control of controls) {
      if (control.type === 'checkbox') control.checked = false;
      else control.value = '';
    }
    filter();
  };
  let waiting = 0;
  filters.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 60);
  });
  part('clear').addEventListener('click', clear);

  // One identity
  const entry = (one) => [
    ...(one.level ? [make('span', 'mark ' + tone[one.level], one.level), ' '] : []),
    make('span', 'what', one.text),
    ...(one.lines ?? []).map((line) => make('span', 'sub', line)),
    make('span', 'sub code', one.at),
    make('span', 'sub', one.end),
  ];
  const few = (items, none, form = entry) => {
    const MOST = 8;
    const first = list(items.slice(0, MOST).map(form), none);
    if (items.length <= MOST) return [first];
    const more = make('details', '', make('summary', '', items.length - MOST + ' more'));
    more.addEventListener('toggle', () => {
      if (more.childElementCount === 1) more.append(list(items.slice(MOST).map(form), ''));
    });
    return [first, more];
  };
  const box = (title, name, ...inner) => {
    const node = make('section', 'box ' + name, make('h3', '', title));
    node.append(...inner);
    return node;
  };
  const arrow = () => {
    const node = make('span', 'arrow', '→');
    node.setAttribute('aria-hidden', 'true');
    return node;
  };
  const picture = (detail, row) => {
    const ends = detail.credentials.map((one) => ({ ...one, text: 'whoever holds the ' + one.text }));
    const verdicts = [...row.rows[0].cells].slice(1, 4).map((cell, index) => [
      make('span', 'soft', ['Owner ', 'Ends ', 'Reach '][index]),
      ...[...cell.children].map((child) => child.cloneNode(true)),
    ]);
    const runs = detail.workloads.length > 0 ? [make('h3', '', 'What runs as it'), list(detail.workloads.map((one) => make('span', 'code', one)), '')] : [];
    return make(
      'div',
      'picture',
      box('Who may become it', '', ...few([...ends, ...detail.ways], 'Nobody that this plan shows.')),
      arrow(),
      box('The identity', 'self', make('p', 'code', detail.address), list(verdicts, ''), ...runs),
      arrow(),
      box('What it may do', '', ...few(detail.grants, 'Nothing that this plan shows.')),
    );
  };
  const timeline = (detail) => {
    const all = [...detail.labels, ...detail.credentials, ...[...detail.ways, ...detail.grants].filter((one) => one.until !== null)];
    if (all.length === 0) return [make('p', 'soft', 'No credential, and nothing that ends at a date.')];
    const start = Math.min(now, ...all.map((one) => one.until ?? now));
    const last = Math.max(now + 90 * DAY, ...all.map((one) => one.until ?? now)) * 1.0;
    const span = (last - start) * 1.15;
    const x = (moment) => ((moment - start) / span) * 100;
    const lines = all.flatMap((one) => {
      const over = one.until !== null && one.until <= now;
      const unknown = one.until === null && one.every === null && one.end !== 'no end';
      const kind = over ? 'over' : detail.labels.includes(one) ? 'label' : unknown ? 'unknown' : one.until === null && one.every === null ? 'none' : '';
      const from = over ? x(one.until) : x(now);
      const to = over ? x(now) : one.until === null ? 100 : x(one.until);
      const svg = draw('svg', { viewBox: '0 0 100 6', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
        draw('line', { class: 'axis', x1: 0, x2: 100, y1: 3, y2: 3 }),
        draw('rect', { class: 'bar ' + kind, x: from, y: 1, width: Math.max(to - from, 0.8), height: 4 }));
      if (one.every !== null && one.every >= DAY) {
        for (let at = now + one.every, count = 0; at < start + span && count < 60; at += one.every, count += 1) {
          svg.append(draw('line', { class: 'tick', x1: x(at), x2: x(at), y1: 0, y2: 6 }));
        }
      }
      return [make('span', '', one.text.slice(0, 90), make('span', 'sub code', one.at)), svg, make('span', '', over ? one.end.replace('ends', 'ended') : one.end)];
    });
    const day = (moment) => new Date(moment).toISOString().slice(0, 10);
    return [make('p', 'soft', 'From ' + day(start) + ' to ' + day(start + span)), make('div', 'time', ...lines)];
  };
  // Chains of identities that can act as the next one
  const steps = [new Map(), new Map()];
  for (const [from, to, how] of routes) {
    for (const [map, at, next] of [[steps[0], from, to], [steps[1], to, from]]) {
      if (!map.has(at)) map.set(at, []);
      map.get(at).push({ next, how });
    }
  }
  const chains = (id, map) => {
    const seen = new Set([id]);
    const all = [];
    let ends = [[{ id, how: '' }]];
    while (ends.length > 0 && all.length < 200) {
      const longer = [];
      for (const chain of ends) {
        for (const { next, how } of map.get(chain[chain.length - 1].id) ?? []) {
          if (seen.has(next)) continue;
          seen.add(next);
          longer.push([...chain, { id: next, how }]);
        }
      }
      all.push(...longer);
      ends = longer;
    }
    return all;
  };
  const scopeOf = (id) => /scope:(\\w+)/.exec(byId.get(id).dataset.verdicts)[1];
  const link = (id) => {
    const node = make('a', 'code', details[id].address);
    node.href = '#' + encodeURIComponent(id);
    return node;
  };
  const leads = (id) => {
    const line = (chain, end) => {
      const reach = scopeOf(end);
      return [
        ...(tone[reach] ? [make('span', 'mark ' + tone[reach], reach), ' '] : []),
        ...chain.flatMap((one, index) => [...(index > 0 ? [' → '] : []), one.id === id ? make('span', 'soft', 'this identity') : link(one.id)]),
        make('span', 'sub', chain.map((one) => one.how).filter((how) => how).join(', then ')),
      ];
    };
    const worst = (one) => ['unbounded', 'broad', 'undecided', 'bounded'].indexOf(scopeOf(one[one.length - 1].id));
    const out = chains(id, steps[0]).sort((one, other) => worst(one) - worst(other));
    // Told from its beginning, so that both boxes read from left to right.
    const into = chains(id, steps[1]).map((chain) => chain.map((one, index) => ({ id: one.id, how: chain[index + 1]?.how ?? '' })).reverse());
    if (out.length + into.length === 0) return [];
    return [make('div', 'two',
      box('Who gets here through other identities', '', ...few(into, 'No other identity of this plan.', (chain) => line(chain, chain[0].id))),
      box('Where it leads', '', ...few(out, 'To no other identity of this plan.', (chain) => line(chain, chain[chain.length - 1].id))))];
  };
  const coverage = ({ coverage: of }) => {
    if (!of) return [make('p', 'soft', 'No access package governs it.')];
    return [
      make('p', '', 'Package ' + of.package + ' names ' + of.inside + ' of ' + of.total + ' grants and ways in.'),
      ...(of.outside.length === 0 ? [] : [make('p', '', 'Outside of it:'), list(of.outside, '')]),
    ];
  };
  const facts = (detail) => make('dl', '', ...detail.facts.flatMap(([term, value]) => [make('dt', '', term), make('dd', '', value)]));
  const body = (row) => {
    const detail = details[row.dataset.address];
    const findings = found.get(row.dataset.address);
    const articles = findings ? [...findings.querySelectorAll('article')].map((one) => one.cloneNode(true)) : [];
    const told = articles.length > 0 ? articles : [make('p', 'soft', 'None.')];
    const changes = findings?.querySelector('.changes');
    const why = [
      ...detail.reasons.map((one) => [make('span', 'mark ' + (tone[one.level] ?? 'open'), one.level), ' ', one.text, make('span', 'sub code', one.at)]),
      ...detail.escalations.map((one) => [make('span', 'mark bad', 'way to more rights'), ' ', one]),
    ];
    return [
      make('section', '', make('h3', '', 'Findings'), ...told),
      ...(changes ? [make('section', '', make('h3', '', 'What this plan changes'), make('div', 'box', changes.cloneNode(true)))] : []),
      make('h3', '', 'Access'),
      picture(detail, row),
      ...leads(row.dataset.address),
      make('div', 'two',
        box('When it ends', '', ...timeline(detail)),
        box('Why this reach', '', ...few(why, 'Everything it may do is bounded.', (one) => one))),
      make('div', 'two', box('Access package', '', ...coverage(detail)), box('Read from', '', facts(detail))),
    ];
  };
  const open = (row, yes) => {
    const button = row.querySelector('button');
    if (yes && row.rows.length === 1) {
      const cell = make('td', '', ...body(row));
      cell.colSpan = heads.length;
      row.append(make('tr', 'detail', cell));
    }
    if (row.rows[1]) row.rows[1].hidden = !yes;
    button.setAttribute('aria-expanded', String(yes));
  };
  for (const row of rows) {
    const place = row.querySelector('[data-part=address]');
    const button = make('button', 'code', make('span', '', ...place.childNodes));
    button.type = 'button';
    button.setAttribute('aria-expanded', 'false');
    place.replaceWith(button);
  }
  table.addEventListener('click', (event) => {
    const button = event.target.closest('tbody th button');
    if (!button) return;
    const row = button.closest('tbody');
    const yes = button.getAttribute('aria-expanded') !== 'true';
    open(row, yes);
    if (yes) history.replaceState(null, '', '#' + encodeURIComponent(row.dataset.address));
  });

  // Deep links
  const follow = () => {
    let address = location.hash.slice(1);
    try {
      address = decodeURIComponent(address);
    } catch {
      return;
    }
    const row = byId.get(address);
    if (!row) return;
    if (row.hidden) clear();
    row.hidden = false;
    for (const other of rows) other.classList.toggle('here', other === row);
    open(row, true);
    row.scrollIntoView();
    row.querySelector('button').focus({ preventScroll: true });
  };
  addEventListener('hashchange', follow);
  document.documentElement.classList.add('scripted');
  filters.hidden = false;
  filter();
  follow();
})();
`;
