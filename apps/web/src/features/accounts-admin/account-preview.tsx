import { type Account, ROLES } from '#modules/identity/contract.ts'
import { Button } from '../../ui/button/button.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import styles from '../administration/administration.module.css'
import { Facts } from '../administration/layout.tsx'
import { AccountChip } from './account-chip.tsx'
import { accountsWords } from './accounts-words.ts'
import { UnitName } from './unit-name.tsx'

const words = catalogue(
  { open: 'Mở tài khoản này', none: 'chưa có vai trò' },
  { open: 'Open this account', none: 'no role yet' },
)

export function AccountPreview({ account, onOpen }: { account: Account; onOpen: () => void }) {
  const w = useWords(words)
  const aw = useWords(accountsWords)
  const { language } = useLanguage()
  return (
    <div className={styles.stack}>
      <div className={styles.row}>
        <AccountChip account={account} />
      </div>
      <h2 className={styles.title}>{account.name}</h2>
      <Facts
        facts={[
          { label: aw.username, value: account.username },
          { label: aw.position, value: account.position },
          { label: aw.unit, value: <UnitName id={account.unit} /> },
          { label: aw.agency, value: account.agency !== account.unit && <UnitName id={account.agency} /> },
          { label: aw.centre, value: account.centre && <UnitName id={account.centre} /> },
          { label: aw.counter, value: account.counter },
          { label: aw.secondFactor, value: account.secondFactor ? aw.on : aw.off },
        ]}
      />
      <div className={styles.chips}>
        {account.roles.length === 0
          ? w.none
          : account.roles.map((role) => (
              <Chip key={role} tone="cham">
                {ROLES[role][language]}
              </Chip>
            ))}
      </div>
      <Button look="main" wide shortcut="Enter" onClick={onOpen}>
        {w.open}
      </Button>
    </div>
  )
}
