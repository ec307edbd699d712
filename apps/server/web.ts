import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { FastifyInstance, FastifyReply } from 'fastify'

export const webRoot = path.join(import.meta.dirname, '../web/dist')

/** The built screens; every path that is not a file is a page of the one application. */
export const serveWeb = async (app: FastifyInstance): Promise<void> => {
  const built = await stat(path.join(webRoot, 'index.html')).then(
    () => true,
    () => false,
  )
  if (!built) return
  // Loaded here: a process without screens (tests, workers) starts without it.
  const { default: serveStatic } = await import('@fastify/static')
  const shell = await readFile(path.join(webRoot, 'index.html'), 'utf8')
  await app.register(serveStatic, {
    root: webRoot,
    index: false,
    // Names of built files carry their hash.
    setHeaders: (response, file) => {
      const forever = file.includes(`${path.sep}assets${path.sep}`)
      response.header('Cache-Control', forever ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  const page = (_request: unknown, reply: FastifyReply) =>
    reply.header('Cache-Control', 'no-cache').type('text/html; charset=utf-8').send(shell)
  for (const surface of [
    '/',
    '/desk',
    '/desk/*',
    '/gallery',
    '/gallery/*',
    '/thu-tuc',
    '/thu-tuc/*',
    '/tra-cuu',
    '/tra-cuu/*',
    '/dang-nhap',
  ]) {
    app.get(surface, page)
  }
}
