import { fillTemplate, type Placeholder } from '#modules/dossiers/rules.ts'

export type Facts = Partial<Record<Placeholder, string>>
export type Keyed = { key: string; body: string }

/** `/du-dk` and then a space, a line's end or Tab: the word is replaced by the template of that key. */
const TYPED = /(^|\s)\/([a-z0-9-]{1,30})([ \n])$/

/** The text with the template in place of its key, when what was just typed ends one; undefined otherwise. */
export function expandTyped(text: string, templates: readonly Keyed[], facts: Facts): string | undefined {
  const found = TYPED.exec(text)
  const template = found && templates.find(({ key }) => key === found[2])
  if (!found || !template) return undefined
  const before = text.slice(0, found.index) + (found[1] ?? '')
  return `${before}${fillTemplate(template.body, facts)}`
}

/** A template chosen from the list stands after what was written, on a line of its own. */
export function appendTemplate(text: string, template: Keyed, facts: Facts): string {
  const filled = fillTemplate(template.body, facts)
  return text.trim() === '' ? filled : `${text.trimEnd()}\n${filled}`
}
