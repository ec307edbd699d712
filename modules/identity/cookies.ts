import { createHmac, timingSafeEqual } from 'node:crypto'

/** `__Host-` binds a cookie to this host and to TLS; browsers refuse the prefix on plain http, so localhost goes without. */
export const cookiePrefix = (protocol: string): string =>
  protocol === 'https' ? '__Host-mot-cua' : 'mot-cua'

/** What carries the session. */
export const sessionCookie = (protocol: string): string => `${cookiePrefix(protocol)}.session_token`

const cookieText = (header: string | undefined, name: string): string | undefined => {
  const found = header?.split(';').find((part) => part.trimStart().startsWith(`${name}=`))
  return found?.slice(found.indexOf('=') + 1).trim()
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

/**
 * The session token in better-auth's signed cookie (`token.signature`, HMAC-SHA-256 in base64), or undefined. Read here
 * because ordinary requests must not wait for better-auth to load, and need no more of it than this signature: whoever
 * reads tokens in a stolen database copy still cannot make a cookie.
 */
export const sessionToken = (
  request: { headers: { cookie?: string }; protocol: string },
  secret: string,
): string | undefined => {
  const text = cookieText(request.headers.cookie, sessionCookie(request.protocol))
  if (text === undefined) return undefined
  const value = decoded(text)
  const dot = value.lastIndexOf('.')
  if (dot < 1) return undefined
  const token = value.slice(0, dot)
  const expected = createHmac('sha256', secret).update(token).digest()
  const given = Buffer.from(value.slice(dot + 1), 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : undefined
}
