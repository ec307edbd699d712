import { useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'

/** Goes to an address of this application without loading the page. */
export function useGo(): (href: string) => void {
  const router = useRouter()
  return useCallback((href) => router.history.push(href), [router])
}

/** Changes the address of the present page, for what a reload must find again. */
export function useReplaceAddress(): (href: string) => void {
  const router = useRouter()
  return useCallback((href) => router.history.replace(href), [router])
}
