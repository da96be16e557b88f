'use strict'

// The list's filter. Where all skills are on the page it hides rows at once; else the server chooses.

const WAIT_MILLISECONDS = 120

const form = document.getElementById('find')
const text = document.getElementById('text')
let asked = new AbortController()
let waiting = 0

/** @returns {string} the address of what the form says */
function address () {
  const fields = [...new FormData(form)].filter(([name, value]) => value !== '' && !(name === 'order' && value === 'name'))
  const query = new URLSearchParams(fields).toString()
  return query ? `/?${query}` : '/'
}

/** Hides what does not have the words and the status. */
function filterHere () {
  const words = text.value.toLowerCase().split(/\s+/).filter(Boolean)
  const status = new FormData(form).get('status')
  let count = 0
  for (const row of document.querySelectorAll('.rows li')) {
    const fits = words.every(word => row.dataset.text.includes(word)) && (!status || row.dataset.status === status)
    row.hidden = !fits
    if (fits) count++
  }
  document.getElementById('count').textContent = count
    ? `${count} skill${count === 1 ? '' : 's'}`
    : 'No skill has these words. Press Enter in the search to look by meaning.'
}

/** @returns {boolean} whether every skill stands on the page */
function complete () {
  return document.getElementById('results').dataset.complete === 'yes'
}

async function choose () {
  history.replaceState(null, '', address())
  if (complete()) return filterHere()
  asked.abort()
  asked = new AbortController()
  try {
    await window.refresh(address(), asked.signal)
  } catch (error) {
    if (error.name !== 'AbortError') throw error
  }
}

form.addEventListener('input', () => {
  clearTimeout(waiting)
  if (complete()) choose()
  else waiting = setTimeout(choose, WAIT_MILLISECONDS)
})
document.addEventListener('change', event => {
  if (event.target.name === 'status') choose()
  if (event.target.name === 'order') {
    document.getElementById('results').dataset.complete = 'no'
    choose()
  }
})
document.addEventListener('refreshed', () => {
  if (complete()) filterHere()
})
text.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return
  event.preventDefault()
  text.value = ''
  choose()
})
