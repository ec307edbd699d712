import { useState } from 'react'
import type { Operation, Request } from '#platform/operation.ts'
import { callFile } from '../../api/call.ts'

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
      if (tab) tab.location.replace(url)
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
