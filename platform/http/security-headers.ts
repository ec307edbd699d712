const CONTENT_SECURITY_POLICY = {
  'default-src': "'self'",
  // Mantine sets style attributes (widths, colours of a row); scripts stay strict.
  'style-src': "'self' 'unsafe-inline'",
  // A kiosk's page hands its tickets to the print agent, a program on the same machine.
  'connect-src': "'self' http://127.0.0.1:*",
  'img-src': "'self' data: blob:",
  'object-src': "'none'",
  'base-uri': "'none'",
  'frame-ancestors': "'none'",
  'form-action': "'self'",
}

/**
 * What every answer tells browsers (the set that Helmet 8 sends). A table, because the usual plugin builds its headers anew for
 * each request, which took longer than finding the route and reading the input.
 */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': Object.entries(CONTENT_SECURITY_POLICY)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join(';'),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'SAMEORIGIN',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
}
