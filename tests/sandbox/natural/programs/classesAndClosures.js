// @give wheat 5
// @give apple 2
async function classesAndClosures () {
  class Stock {
    #items = new Map()
    static from (bot) {
      const stock = new Stock()
      bot.inventory.items().forEach(({ name, count }) => stock.add(name, count))
      return stock
    }

    add (name, count = 1) {
      this.#items.set(name, (this.#items.get(name) ?? 0) + count)
      return this
    }

    get total () { return [...this.#items.values()].reduce((a, b) => a + b, 0) }

    * [Symbol.iterator] () { yield * this.#items }
  }
  class TooFew extends Error {
    constructor (name, ...rest) {
      super(`too few ${name}`, ...rest)
      this.name = 'TooFew'
    }
  }
  const stock = Stock.from(bot).add('gold', 3)
  const counter = (() => { let n = 0; return () => ++n })()
  counter()
  let caught
  try {
    throw new TooFew('apples')
  } catch (error) {
    caught = { isError: error instanceof Error, own: error instanceof TooFew, text: String(error), stack: typeof error.stack }
  }
  return { total: stock.total, all: [...stock], counter: counter(), caught }
}
