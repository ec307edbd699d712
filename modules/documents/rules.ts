/** A name without path, control characters and bidirectional overrides, at most 150 characters, extension kept. */
export const cleanName = (name: string): string => {
  const base = name.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const visible = base.replace(/[\p{Cc}\p{Cf}]/gu, '').trim()
  const extension = /\.[^.]{1,10}$/.exec(visible)?.[0] ?? ''
  const stem = visible.slice(0, visible.length - extension.length)
  return `${Array.from(stem).slice(0, 140).join('')}${extension}` || 'tep'
}

export const megabytes = (bytes: number): string => `${Math.round(bytes / (1024 * 1024))} MB`

const encodeRfc5987 = (text: string): string =>
  encodeURIComponent(text).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

/** Downloads never run in our origin: attachment, sandbox, no sniffing; the name in both forms of RFC 6266. */
export const downloadHeaders = ({ name }: { name: string }): Record<string, string> => {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .replace(/[^\w. ()-]/g, '_')
  return {
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeRfc5987(name)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'private, no-store',
  }
}
