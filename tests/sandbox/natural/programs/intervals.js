async function intervals () {
  let count = 0
  await new Promise((resolve) => {
    const timer = setInterval(() => {
      count++
      if (count === 5) {
        clearInterval(timer)
        resolve()
      }
    }, 50)
  })
  const never = setTimeout(() => { count = 100 }, 100)
  clearTimeout(never)
  const passed = await new Promise((resolve) => setTimeout(resolve, 150, 'passed on'))
  return { count, passed }
}
