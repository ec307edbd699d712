import type { Account } from '#modules/identity/contract.ts'
import { useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import { accountsWords } from './accounts-words.ts'

export function AccountChip({ account }: { account: Pick<Account, 'disabled' | 'passwordChangeDue'> }) {
  const aw = useWords(accountsWords)
  if (account.disabled) return <Chip tone="tro">{aw.disabled}</Chip>
  if (account.passwordChangeDue) return <Chip tone="nghe">{aw.oneTime}</Chip>
  return <Chip tone="ngoc">{aw.open}</Chip>
}
