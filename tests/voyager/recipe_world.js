'use strict'
/**
 * A world of recipes alone: programs run in it at once, with primitives that keep the books as the
 * real ones do (tools, wear, tables, furnaces, fuel, one kind of wood at a time). Reads
 * `{gameData, runs: [{modules, entry, arguments, inventory, kinds}]}` from standard input and
 * writes for each run `{inventory, error, mined}`.
 */

const vm = require('node:vm')

class World {
  /** @param {any} data @param {{inventory: Record<string, number>, kinds: string[]}} start `kinds`: the woods that grow here */
  constructor (data, start) {
    this.data = data
    this.inventory = { ...start.inventory }
    this.kinds = start.kinds
    this.wear = {}
    this.mined = 0
    this.blocks = new Map(data.blocks.map(block => [block.name, block]))
    this.known = new Set([...data.items, ...this.blocks.keys()])
  }

  names (name) {
    return [name].flat().flatMap(one => {
      if (this.known.has(one)) return [one]
      const found = [...this.known].filter(other => other.endsWith(`_${one}`))
      if (found.length === 0) throw new Error(`unknown name ${one}`)
      return found
    })
  }

  count (name) { return Math.max(0, ...this.names(name).map(one => this.inventory[one] ?? 0)) }

  add (name, count) { this.inventory[name] = (this.inventory[name] ?? 0) + count }

  fail (code, message) { throw Object.assign(new Error(message), { code }) }

  mineBlock (name, count = 1) {
    if (!(count >= 1)) this.fail('invalid_argument', `count ${count}`)
    for (let done = 0; done < count; done++) {
      const wanted = this.names(name).filter(one => this.blocks.get(one)?.drops.length)
      const grown = wanted.filter(one => this.kinds.some(kind => one === `${kind}_log`))
      const kind = grown.length ? grown[this.mined % grown.length] : wanted[0]
      const block = this.blocks.get(kind) ?? this.fail('not_found', `no ${name}`)
      if (block.harvest_tools.length) this.use(block.harvest_tools)
      this.mined++
      this.add(block.drops[0], 1)
    }
  }

  use (tools) {
    const tool = tools.find(one => this.inventory[one] > 0) ?? this.fail('missing_tool', `none of ${tools}`)
    this.wear[tool] = (this.wear[tool] ?? 0) + 1
    if (this.wear[tool] >= this.data.tool_uses[tool]) {
      this.wear[tool] = 0
      this.inventory[tool]--
    }
  }

  craftItem (name, count = 1) {
    if (!(count >= 1)) this.fail('invalid_argument', `count ${count}`)
    const choices = this.names(name).flatMap(one => (this.data.recipes[one] ?? []).map(recipe => {
      const times = Math.ceil(count / recipe.count)
      const lacking = Object.entries(recipe.ingredients)
        .reduce((sum, [item, n]) => sum + Math.max(0, n * times - (this.inventory[item] ?? 0)), 0)
      return { one, recipe, times, lacking }
    })).sort((a, b) => a.lacking - b.lacking)
    const [{ one, recipe, times, lacking }] = choices
    if (lacking > 0) this.fail('missing_ingredients', `${lacking} short for ${count} ${one}`)
    if (recipe.needs_table && !this.inventory.crafting_table) this.fail('missing_ingredients', 'no table')
    for (const [item, n] of Object.entries(recipe.ingredients)) this.add(item, -n * times)
    this.add(one, recipe.count * times)
  }

  smeltItem (name, count = 1) {
    const input = this.names(name).sort((a, b) => (this.inventory[b] ?? 0) - (this.inventory[a] ?? 0))[0]
    const [output] = Object.entries(this.data.smelting).find(([, inputs]) => inputs.includes(input))
    if (!this.inventory.furnace) this.fail('missing_ingredients', 'no furnace')
    if ((this.inventory[input] ?? 0) < count) this.fail('missing_ingredients', `${count} ${input}`)
    this.add(input, -count)
    const fuel = Object.keys(this.data.fuels).find(one => /^(char)?coal$|_planks$|_log$/.test(one) &&
      (this.inventory[one] ?? 0) * this.data.fuels[one] >= count)
    if (!fuel) this.fail('missing_ingredients', 'no fuel')
    this.add(fuel, -Math.ceil(count / this.data.fuels[fuel]))
    this.add(output, count)
  }

  globals () {
    return {
      countItem: name => this.count(name),
      findBlock: () => null,
      mineBlock: async (name, count) => this.mineBlock(name, count),
      craftItem: async (name, count) => this.craftItem(name, count),
      smeltItem: async (name, count) => this.smeltItem(name, count),
      exploreUntil: async () => {}
    }
  }
}

async function run (data, { modules, entry, arguments: values, inventory, kinds }) {
  const world = new World(data, { inventory, kinds })
  let error = null
  try {
    const source = `${modules.join('\n')}\n${entry}(...values)`
    await vm.runInNewContext(source, { ...world.globals(), values })
  } catch (thrown) {
    error = `${thrown.code ?? thrown.name}: ${thrown.message}`
  }
  return { inventory: world.inventory, error, mined: world.mined }
}

async function main () {
  let text = ''
  for await (const chunk of process.stdin) text += chunk
  const { gameData, runs } = JSON.parse(text)
  const results = []
  for (const one of runs) results.push(await run(gameData, one))
  process.stdout.write(JSON.stringify(results))
}

main()
