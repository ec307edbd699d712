import { successorsOn, type Tree } from '#modules/organisation/rules.ts'
import { fold } from '#platform/text/fold.ts'

/** A unit of today, and the former one that the file named, when it was another. */
export type FoundPlace = { unit: string; was: string | null }

/**
 * Units as former systems name them: by our id, an identifier old or new, or their name; one that ended is its successor, the
 * one that took it over whole first. What is looked up once is known for the whole file.
 */
export const createPlaceFinder = (tree: Tree, today: string) => {
  const names = new Map<string, string | null>()
  const learn = (key: string, id: string): void => {
    if (key === '') return
    // Two units of one name are told apart by their id or identifier only.
    names.set(key, names.has(key) && names.get(key) !== id ? null : id)
  }
  for (const unit of tree.units.values()) {
    learn(fold(unit.name), unit.id)
    if (unit.shortName !== unit.name) learn(fold(unit.shortName), unit.id)
  }
  for (const former of tree.formerNames) learn(fold(former.name), former.unit)
  const byIdentifier = new Map<string, string>()
  for (const { id, identifier, legacyIdentifier } of tree.units.values()) {
    if (legacyIdentifier) byIdentifier.set(legacyIdentifier, id)
    if (identifier) byIdentifier.set(identifier, id)
  }

  const look = (text: string): FoundPlace | undefined => {
    const named = tree.units.has(text) ? text : (byIdentifier.get(text) ?? names.get(fold(text)))
    if (!named) return undefined
    const [successor] = successorsOn(tree, named, today)
    return successor && { unit: successor.unit, was: successor.unit === named ? null : named }
  }
  const known = new Map<string, FoundPlace | undefined>()
  return (text: string): FoundPlace | undefined => {
    if (known.has(text)) return known.get(text)
    const found = look(text)
    known.set(text, found)
    return found
  }
}

export type PlaceFinder = ReturnType<typeof createPlaceFinder>
