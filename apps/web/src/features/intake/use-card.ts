import { useState } from 'react'
import { useGo } from '../../surfaces/desk/go.ts'
import { formatDate } from '../../ui/format/format.ts'
import { useScanner } from '../../ui/keyboard/keyboard.tsx'
import { useLanguage } from '../../ui/language/language.tsx'
import {
  CARD_ERRORS,
  type CitizenCard,
  looksLikeCard,
  readCitizenCard,
} from '../../ui/scanner/citizen-card.ts'
import { codeInScan } from '../dossiers/code-in-scan.ts'
import type { IntakeDraft, PartyDraft } from './draft.ts'

const fromCard = (card: CitizenCard): Partial<PartyDraft> => ({
  kind: 'person',
  name: card.name,
  personalId: card.personalId,
  birthDate: formatDate(card.birthDate),
  gender: card.gender === 'MALE' ? 'male' : 'female',
  address: card.address,
})

/** Whose card it is: the one beneath the focus, else the representative once the owner has a name. */
export function sideOfCard(draft: IntakeDraft, focused: string): 'owner' | 'representative' {
  if (draft.who !== 'behalf') return 'owner'
  if (focused.startsWith('representative')) return 'representative'
  if (focused.startsWith('owner')) return 'owner'
  return draft.owner.name === '' && draft.owner.kind === 'person' ? 'owner' : 'representative'
}

/** Fills the applicant from a scanned card wherever the focus is; a scanned slip opens its dossier. */
export function useCard(draft: IntakeDraft, onChange: (change: Partial<IntakeDraft>) => void) {
  const { language } = useLanguage()
  const go = useGo()
  const [scanned, setScanned] = useState<string>()
  const [scanProblem, setScanProblem] = useState<string>()
  useScanner((text) => {
    const code = codeInScan(text)
    if (code && !looksLikeCard(text)) return go(`/desk/ho-so/${code}`)
    const reading = readCitizenCard(text)
    if (!reading.ok) {
      setScanProblem(reading.errors.map((error) => CARD_ERRORS[error][language]).join(' '))
      return
    }
    setScanProblem(undefined)
    setScanned(reading.card.name)
    const side = sideOfCard(draft, document.activeElement?.id ?? '')
    if (side === 'representative')
      onChange({ representative: { ...draft.representative, ...fromCard(reading.card) } })
    else
      onChange({
        who: draft.who === 'behalf' ? 'behalf' : 'person',
        owner: { ...draft.owner, ...fromCard(reading.card) },
      })
  })
  return { scanned, scanProblem }
}
