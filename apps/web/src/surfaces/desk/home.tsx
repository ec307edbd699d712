import { FileQuestionMark } from 'lucide-react'
import { useEffect } from 'react'
import { useMe } from '../../features/session/me.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import { DeskScreen } from './desk-screen.tsx'
import { useReplaceAddress } from './go.ts'
import { ACCOUNT, destinationsOf } from './rail.ts'

const words = catalogue(
  { title: 'Không có màn hình này', text: 'Địa chỉ này không thuộc bàn làm việc.', home: 'Về bàn làm việc' },
  { title: 'There is no such screen', text: 'This address is not part of the desk.', home: 'To the desk' },
)

/** `/desk` is the first screen this person has. */
export function DeskHome() {
  const me = useMe()
  const replace = useReplaceAddress()
  const first = destinationsOf(me.rail)[0]?.href ?? ACCOUNT
  useEffect(() => replace(first), [first, replace])
  return null
}

export function DeskMissing() {
  const w = useWords(words)
  return (
    <DeskScreen title={w.title}>
      <EmptyState icon={FileQuestionMark} title={w.text} action={<AppLink href="/desk">{w.home}</AppLink>} />
    </DeskScreen>
  )
}
