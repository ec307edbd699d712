import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { atRoot } from '#platform/root.ts'

export const webRoot = atRoot('apps/web/dist')

/** The one page of the application; the browser's router shows the surface. */
const SURFACES = [
  '/',
  '/desk',
  '/desk/*',
  '/gallery',
  '/gallery/*',
  '/thu-tuc',
  '/thu-tuc/*',
  '/tra-cuu',
  '/tra-cuu/*',
  '/trung-tam',
  '/trung-tam/*',
  '/cho-doi',
  '/cho-doi/*',
  '/lay-so/*',
  '/dat-lich/*',
  '/lich-hen/*',
  '/ve/*',
  '/danh-gia/*',
  '/kiosk/*',
  '/display/*',
  '/dang-nhap',
] as const

/** The one page as it was built; undefined where no screens are (tests, workers). */
export const readShell = (root: string = webRoot): Promise<string | undefined> =>
  readFile(path.join(root, 'index.html'), 'utf8').catch(() => undefined)

/** The built screens. A path that is neither a file nor a page of theirs is not found (`missingPage`). */
export const serveWeb = async (app: FastifyInstance, root: string = webRoot): Promise<void> => {
  if ((await readShell(root)) === undefined) return
  // Loaded here: a process without screens (tests, workers) starts without it.
  const { default: serveStatic } = await import('@fastify/static')
  await app.register(serveStatic, {
    root,
    index: false,
    // The build lays `.br` and `.gz` beside each text file.
    preCompressed: true,
    // Names of built files carry their hash.
    setHeaders: (response, file) => {
      const forever = file.includes(`${path.sep}assets${path.sep}`)
      response.header('Cache-Control', forever ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  const page = (_request: unknown, reply: FastifyReply) => reply.sendFile('index.html')
  for (const surface of SURFACES) app.get(surface, page)
}
