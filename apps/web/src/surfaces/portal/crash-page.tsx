import type { ErrorComponentProps } from '@tanstack/react-router'
import { TriangleAlert } from 'lucide-react'
import { messageOf } from '../../api/problem.ts'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { PortalShell } from '../../ui/shell/portal-shell.tsx'

const words = catalogue(
  {
    crash: 'Trang chưa hiện được.',
    again: 'Tải lại trang',
  },
  {
    crash: 'The page could not be shown.',
    again: 'Reload the page',
  },
)

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
