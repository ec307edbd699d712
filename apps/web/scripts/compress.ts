import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip, constants as zlib } from 'node:zlib'
import type { Plugin } from 'vite'

const TEXT = /\.(?:js|css|html|svg|json)$/
/** Below this a packet carries the file either way. */
const LEAST = 1_024

/** Smallest possible, because it is done once and sent for years. */
export const squeeze = {
  br: (bytes: Buffer): Promise<Buffer> =>
    promisify(brotliCompress)(bytes, {
      params: {
        [zlib.BROTLI_PARAM_QUALITY]: zlib.BROTLI_MAX_QUALITY,
        [zlib.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gz: (bytes: Buffer): Promise<Buffer> => promisify(gzip)(bytes, { level: zlib.Z_BEST_COMPRESSION }),
} as const

/** Writes `.br` and `.gz` beside every text file of the build; the server sends them as they lie (`preCompressed`). */
export const compressed = (): Plugin => {
  let folder = ''
  return {
    name: 'mot-cua:compressed',
    apply: 'build',
    configResolved(config) {
      folder = config.build.outDir
    },
    async writeBundle() {
      const names = await readdir(folder, { recursive: true })
      await Promise.all(
        names
          .filter((name) => TEXT.test(name))
          .map(async (name) => {
            const file = path.join(folder, name)
            const bytes = await readFile(file)
            if (bytes.length < LEAST) return
            await writeFile(`${file}.br`, await squeeze.br(bytes))
            await writeFile(`${file}.gz`, await squeeze.gz(bytes))
          }),
      )
    },
  }
}
