import type { ErrorComponentProps } from '@tanstack/react-router'
import { FileQuestionMark, TriangleAlert } from 'lucide-react'
import { messageOf } from '../../api/problem.ts'
import { usePlace } from '../../features/centres/place.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import { PortalShell } from '../../ui/shell/portal-shell.tsx'

const words = catalogue(
  {
    missing: 'Không có trang này. Địa chỉ có thể đã gõ thiếu.',
    home: 'Về trang đầu để tìm thủ tục hoặc tra hồ sơ',
    crash: 'Trang chưa hiện được.',
    again: 'Tải lại trang',
  },
  {
    missing: 'There is no such page. The address may be incomplete.',
    home: 'Go to the first page to find a procedure or a dossier',
    crash: 'The page could not be shown.',
    again: 'Reload the page',
  },
)

export function MissingPage() {
  const w = useWords(words)
  const place = usePlace()
  return (
    <PortalShell place={place}>
      <EmptyState icon={FileQuestionMark} title={w.missing} action={<AppLink href="/">{w.home}</AppLink>} />
    </PortalShell>
  )
}

export function CrashPage({ error }: ErrorComponentProps) {
  const w = useWords(words)
  const { language } = useLanguage()
  return (
    <PortalShell>
      <EmptyState
        icon={TriangleAlert}
        title={w.crash}
        action={
          <Button look="main" onClick={() => window.location.reload()}>
            {w.again}
          </Button>
        }
      >
        {messageOf(error, language)}
      </EmptyState>
    </PortalShell>
  )
}
