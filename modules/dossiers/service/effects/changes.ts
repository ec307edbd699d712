import { Refusal } from '#platform/errors.ts'
import { addDays, instantOf, localDateOf } from '#platform/time/vietnam.ts'
import type { Party } from '../../contract/vocabulary.ts'
import { isPhone } from '../../rules.ts'
import { insertDueChanges } from '../../store/clock.ts'
import type { DossierPatch } from '../../store/dossiers.ts'
import { type Acting, type Effect, reasonOf, required } from '../acting.ts'
import { computeDue } from '../deadline.ts'
import { momentInWords } from '../words.ts'

const extensionDetails = ({ dossier, now }: Acting) => ({ due: momentInWords(dossier.due_at ?? now) })

/** An apology with a new date, once; the old one stays beside it, because against that one the dossier is late. */
export const extend = async (acting: Acting): Promise<Effect> => {
  const { tx, dossier, calendar, input, now } = acting
  const reason = reasonOf(acting)
  const day = input.newDue
  if (!day) throw new Refusal('dossiers.extension-not-later', extensionDetails(acting))
  // The last working minute of the new day; a day of rest has none.
  const { due } = computeDue(calendar, instantOf(addDays(day, -1), 12 * 60), {
    amount: 1,
    unit: 'WORKING_DAY',
  })
  const before = dossier.due_at
  if (!due || !before || localDateOf(due) !== day || due <= before) {
    throw new Refusal('dossiers.extension-not-later', extensionDetails(acting))
  }
  await insertDueChanges(tx, [
    { dossier: dossier.id, kind: 'EXTENSION', at: now, before, due, reason, document: 'form-04' },
  ])
  return {
    patch: { due_at: due, extended_at: now, extension_reason: reason },
    data: { reason, dueBefore: before.toISOString(), due: due.toISOString() },
  }
}

const WHOSE = { vi: 'chủ hồ sơ', en: 'the owner' }

/** Only what differs counts; the log names the fields and leaves the numbers where they are protected. */
export const adjust = (acting: Acting): Effect => {
  const { dossier, input } = acting
  const reason = reasonOf(acting)
  const asked = required(input.adjustment, 'dossiers.adjustment-required')
  const { owner } = dossier
  const changed: Partial<Party> = {
    ...(asked.phone !== undefined && asked.phone !== owner.phone ? { phone: asked.phone } : {}),
    ...(asked.email !== undefined && asked.email !== owner.email ? { email: asked.email } : {}),
    ...(asked.address !== undefined && asked.address !== owner.address ? { address: asked.address } : {}),
  }
  if (changed.phone && !isPhone(changed.phone)) throw new Refusal('dossiers.invalid-phone', { whose: WHOSE })
  const patch: DossierPatch = {
    ...(Object.keys(changed).length > 0 ? { owner: JSON.stringify({ ...owner, ...changed }) } : {}),
    ...(changed.phone === undefined ? {} : { owner_phone: changed.phone || null }),
    ...(asked.note !== undefined && asked.note !== dossier.note ? { note: asked.note } : {}),
    ...(asked.returnWay && asked.returnWay !== dossier.return_way ? { return_way: asked.returnWay } : {}),
    ...(asked.returnAddress !== undefined && asked.returnAddress !== dossier.return_address
      ? { return_address: asked.returnAddress }
      : {}),
  }
  const fields = Object.keys({ ...patch, ...changed }).filter((field) => field !== 'owner')
  if (fields.length === 0) throw new Refusal('dossiers.adjustment-required')
  return { patch, data: { reason, fields } }
}
