import { useState } from 'react'
import type { Operation, Request } from '#platform/operation.ts'
import { callFile } from '../../api/call.ts'

/** How soon after its tab a list is forgotten. */
const LOOK_MS = 10_000

/** The tab asks for the file again when its reader saves it or loads it anew: it is kept until the tab is closed. */
const forgetAfter = (tab: Window, url: string): void => {
  const looking = setInterval(() => {
    if (!tab.closed) return
    clearInterval(looking)
    URL.revokeObjectURL(url)
  }, LOOK_MS)
}

/** Opens a printed list in a tab of its own; what the server refuses is told on the page that asked. */
export function usePrint() {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const print = async <O extends Operation>(operation: O, input: Request<O>): Promise<void> => {
    setBusy(true)
    setProblem(undefined)
    // Before the first await, or the browser takes it for a window that nobody asked for.
    const tab = window.open('', '_blank')
    try {
      const url = URL.createObjectURL(await callFile(operation, input))
      if (tab) {
        tab.location.replace(url)
        forgetAfter(tab, url)
      }
      // Without a window of its own it takes this page's place; a page that is left forgets its files by itself.
      else window.location.assign(url)
    } catch (error) {
      tab?.close()
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return { print, busy, problem }
}
