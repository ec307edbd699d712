import { useLayoutEffect } from 'react'

/** Marks the whole page with its surface: a kiosk and a television measure everything by their own width. */
export function useSurface(surface: 'kiosk' | 'display', largeText = false): void {
  useLayoutEffect(() => {
    const { dataset } = document.documentElement
    const { textSize } = dataset
    dataset.surface = surface
    dataset.textSize = largeText ? 'kiosk-large' : 'kiosk'
    return () => {
      delete dataset.surface
      if (textSize === undefined) delete dataset.textSize
      else dataset.textSize = textSize
    }
  }, [surface, largeText])
}
