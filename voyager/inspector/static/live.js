'use strict'

// Follows the library: when it has changed, the parts of the page marked data-live are fetched anew
// and put in place of the old ones, so that focus and what was typed stay.

const EVERY_MILLISECONDS = 2000
const ANSWER_WITHIN_MILLISECONDS = 10000

/**
 * Puts the live parts of the page at an address in place of those shown.
 * @param {string} address
 * @param {AbortSignal} [signal] no more wanted
 */
async function refresh (address, signal = AbortSignal.timeout(ANSWER_WITHIN_MILLISECONDS)) {
  const answer = await fetch(address, { signal })
  if (!answer.ok) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const focused = document.activeElement?.closest('[data-live] a[href]')?.getAttribute('href')
  for (const part of document.querySelectorAll('[data-live]')) {
    const fresh = page.getElementById(part.id)
    if (!fresh || fresh.outerHTML === part.outerHTML) continue
    if (part.id === 'chips' && part.contains(document.activeElement)) continue
    part.replaceWith(document.adoptNode(fresh))
  }
  if (focused && document.activeElement === document.body) {
    document.querySelector(`[data-live] a[href="${CSS.escape(focused)}"]`)?.focus()
  }
  document.dispatchEvent(new Event('refreshed'))
}

/** Asks time and again whether the library is another, as long as the page is looked at. */
function follow () {
  const told = document.getElementById('live')
  let known = null

  async function ask () {
    if (document.hidden) return
    try {
      const answer = await fetch('/state.json', { signal: AbortSignal.timeout(ANSWER_WITHIN_MILLISECONDS) })
      const { state } = await answer.json()
      if (known !== null && state !== known) await refresh(location.href)
      known = state
      tell('Follows the agent as it plays.', false)
    } catch {
      tell('No answer: is voyager skills serve still running?', true)
    }
  }

  /** @param {string} text @param {boolean} lost */
  function tell (text, lost) {
    if (told.textContent !== text) told.textContent = text
    told.classList.toggle('lost', lost)
  }

  async function next () {
    await ask()
    setTimeout(next, EVERY_MILLISECONDS)
  }

  document.addEventListener('visibilitychange', ask)
  next()
}

window.refresh = refresh
follow()
