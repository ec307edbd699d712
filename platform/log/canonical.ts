export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject
/** `undefined` members are left out, as `JSON.stringify` does. */
export type JsonObject = { readonly [key: string]: JsonValue | undefined }

/**
 * JSON in the one form of RFC 8785: members sorted by UTF-16 code units, no spaces, numbers as ECMAScript writes them.
 * Equal values give equal text, so that a hash of the text is a hash of the value. What has no such form is a bug of the
 * caller and throws: non-finite numbers, unpaired surrogates, `undefined` in a list, anything that is not plain data.
 */
export const canonicalJson = (value: JsonValue): string => {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return text(value)
  if (typeof value === 'number') return number(value)
  if (isList(value)) return `[${Array.from(value, canonicalJson).join(',')}]`
  if (typeof value === 'object' && isPlain(value)) return `{${members(value).join(',')}}`
  throw new TypeError(`Not JSON: ${describe(value)}`)
}

const text = (value: string): string => {
  if (!value.isWellFormed()) throw new TypeError('Not JSON: a string with an unpaired surrogate')
  return JSON.stringify(value)
}

const number = (value: number): string => {
  if (!Number.isFinite(value)) throw new TypeError(`Not JSON: ${value}`)
  return JSON.stringify(value)
}

const members = (value: JsonObject): string[] =>
  Object.keys(value)
    .sort()
    .flatMap((key) => {
      const member = value[key]
      return member === undefined ? [] : [`${text(key)}:${canonicalJson(member)}`]
    })

// `Array.isArray` does not narrow read-only arrays.
const isList = (value: readonly JsonValue[] | JsonObject): value is readonly JsonValue[] =>
  Array.isArray(value)

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

const describe = (value: unknown): string =>
  typeof value === 'object' && value !== null ? value.constructor.name : typeof value
