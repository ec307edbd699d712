/** A service of a hall as far as it decides who receives a procedure. */
export type Receiver = {
  id: string
  kind: string
  fields: readonly string[]
  agencies: readonly string[]
  /** Kept for those whom the law lets go first; nobody else is sent there. */
  reserved: boolean
}

/**
 * Which services receive a procedure: those whose counters stand for the resolving agency or for one above it, else those of
 * its field, else the counters that stand for nobody in particular, else every reception. Never none where somebody receives:
 * a visitor who was sent away by a machine does not come back.
 */
export const receiversOf = (
  groups: readonly Receiver[],
  { agencies, field }: { agencies: readonly string[]; field: string | null },
): ReadonlySet<string> => {
  const reception = groups.filter(({ kind, reserved }) => kind === 'reception' && !reserved)
  const tries: ((group: Receiver) => boolean)[] = [
    (group) => group.agencies.some((id) => agencies.includes(id)),
    (group) => field !== null && group.fields.includes(field),
    (group) => group.agencies.length === 0 && group.fields.length === 0,
    () => true,
  ]
  for (const fits of tries) {
    const found = reception.filter(fits)
    if (found.length > 0) return new Set(found.map(({ id }) => id))
  }
  return new Set()
}
