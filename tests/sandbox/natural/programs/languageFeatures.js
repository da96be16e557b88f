async function languageFeatures () {
  const { a = 1, ...others } = { b: 2, c: [3, 4], d: { e: 5 } }
  const set = new Set([1, 2, 2, 3])
  const weak = new WeakMap([[set, 'x']])
  const text = 'minecraft:oak_log'.replace(/^minecraft:/, '').split('_').map((word) => word[0].toUpperCase() + word.slice(1)).join(' ')
  const named = /(?<x>-?\d+), (?<y>-?\d+)/.exec('at -12, 64').groups
  const date = new Date(Date.UTC(2024, 1, 29))
  const random = Array.from({ length: 50 }, () => Math.floor(Math.random() * 6))
  const grouped = Object.groupBy ? Object.groupBy([1, 2, 3], (n) => n % 2 ? 'odd' : 'even') : null
  const big = (2n ** 64n).toString()
  const symbol = Symbol('s')
  const tagged = ((strings, ...parts) => strings.raw.join('|') + parts.join())`a${1}b${2}`
  return {
    a,
    others,
    set: [...set],
    weak: weak.get(set),
    text,
    named: { ...named },
    iso: date.toISOString(),
    day: date.getUTCDay(),
    isDate: date instanceof Date,
    range: random.every((n) => n >= 0 && n < 6),
    varied: new Set(random).size > 1,
    grouped,
    big,
    symbol: symbol.toString(),
    tagged,
    hypot: Math.hypot(3, 4),
    json: JSON.parse('{"x":[1,null]}'),
    nullish: null ?? 'default',
    chain: undefined?.x?.y,
    flat: [[1], [2, [3]]].flat(Infinity),
    at: [1, 2, 3].at(-1),
    entries: Object.fromEntries(new Map([['k', 'v']])),
    padded: '7'.padStart(3, '0'),
    fixed: (1.005).toFixed(1),
    parse: [parseInt('12px'), parseFloat('1.5'), Number.isNaN(Number('x'))],
    uri: encodeURIComponent('a b'),
    inf: isNaN(NaN) && isFinite(1),
    proxy: new Proxy({}, { get: () => 5 }).any,
    reflect: Reflect.has({ q: 1 }, 'q'),
    typed: [...new Uint8Array([1, 2])],
    locale: (1234.5).toLocaleString('en-US'),
    compare: 'a'.localeCompare('b'),
    clock: Date.now() > 1e12,
    math: Math.max(...[1, 5])
  }
}
