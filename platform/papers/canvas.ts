import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { SKRSContext2D } from '@napi-rs/canvas'

const require = createRequire(import.meta.url)

/** Pictures in memory: red, green, blue and alpha of each pixel. */
export type Painter = {
  /** `layOut` may measure with the pen; `paint` gets a canvas of the size it found. */
  paint: <L extends { width: number; height: number }>(
    layOut: (pen: SKRSContext2D) => L,
    paint: (pen: SKRSContext2D, layout: L) => void,
  ) => { layout: L; pixels: Uint8ClampedArray; png: () => Buffer }
}

/** The library and the fonts of the folder are loaded by the first picture: most processes never paint one. */
export const createPainter = ({ fonts, family }: { fonts: string; family: string }): Painter => {
  const load = () => {
    const skia: typeof import('@napi-rs/canvas') = require('@napi-rs/canvas')
    for (const name of readdirSync(fonts).filter((one) => one.endsWith('.ttf')))
      skia.GlobalFonts.registerFromPath(path.join(fonts, name), family)
    return { skia, measuring: skia.createCanvas(1, 1).getContext('2d') }
  }
  let loaded: ReturnType<typeof load> | undefined
  return {
    paint: (layOut, paint) => {
      loaded ??= load()
      const layout = layOut(loaded.measuring)
      const canvas = loaded.skia.createCanvas(layout.width, layout.height)
      const pen = canvas.getContext('2d')
      paint(pen, layout)
      const { data } = pen.getImageData(0, 0, layout.width, layout.height)
      return { layout, pixels: data, png: () => canvas.toBuffer('image/png') }
    },
  }
}
