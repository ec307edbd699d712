/** `Ctrl+Enter`, `Shift+x`, `j`, `F2`, `?`: what a key press is called, whatever the layout's Shift needs for a sign. */
export function nameOfPress(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): string {
  const key = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toLowerCase() : event.key
  const isLetter = key.length === 1 && key !== key.toUpperCase()
  const shift = event.shiftKey && (isLetter || key.length > 1)
  return [(event.ctrlKey || event.metaKey) && 'Ctrl', event.altKey && 'Alt', shift && 'Shift', key]
    .filter(Boolean)
    .join('+')
}

/** One printable character without Ctrl or Alt: the kind that WCAG 2.1.4 wants to be switched off or remapped. */
export const isSingleCharacter = (keys: string): boolean =>
  !/Ctrl|Alt/.test(keys) && [...(keys.split('+').at(-1) ?? '')].length === 1

export const normaliseKeys = (keys: string): string =>
  keys
    .split('+')
    .map((part) => (part.length === 1 ? part.toLowerCase() : part))
    .join('+')

const NOT_TEXT = new Set([
  'checkbox',
  'radio',
  'button',
  'submit',
  'reset',
  'range',
  'color',
  'file',
  'image',
])

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true
  return target instanceof HTMLInputElement && !NOT_TEXT.has(target.type)
}
