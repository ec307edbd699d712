import { type DossierView, getDossier, listResultsTogether } from '#modules/dossiers/contract.ts'
import { messageOf } from '../../api/problem.ts'
import { useOperation } from '../../api/queries.ts'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonLines } from '../../ui/feedback/loading.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { ActionSheet } from '../dossiers/action-sheet.tsx'
import { useDossierActions } from '../dossiers/use-actions.ts'
import { HandOverTogether } from './hand-over-together.tsx'

const words = catalogue(
  { title: 'Trao kết quả', closed: 'Hồ sơ này chưa trao được kết quả.' },
  { title: 'Hand the result over', closed: 'The result of this dossier cannot be handed over yet.' },
)

/** The sheet of the action `return` for one code; what the server does not allow is said instead. */
export function HandOver({ code, onClose }: { code: string; onClose: () => void }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const dossier = useOperation(getDossier, { code })
  if (dossier.data) return <Sheet dossier={dossier.data} onClose={onClose} />
  return (
    <Dialog open onClose={onClose} look="sheet" title={w.title}>
      {dossier.error ? (
        <ErrorSummary problems={[{ message: messageOf(dossier.error, language) }]} />
      ) : (
        <Loading>
          <SkeletonLines />
        </Loading>
      )}
    </Dialog>
  )
}

function Sheet({ dossier, onClose }: { dossier: DossierView; onClose: () => void }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const actions = useDossierActions(dossier)
  const ability = dossier.actions.find(({ action }) => action === 'return')
  const together = useOperation(
    listResultsTogether,
    { code: dossier.code },
    { enabled: ability?.allowed === true, staleTime: 10_000 },
  )
  if (!ability?.allowed)
    return (
      <Dialog open onClose={onClose} title={w.title}>
        <ErrorSummary problems={[{ message: ability?.blockedBy?.[language] ?? w.closed }]} />
      </Dialog>
    )
  // Whether the receiver has more to fetch is known before the sheet opens, so that nothing jumps while it is filled in.
  if (together.isPending)
    return (
      <Dialog open onClose={onClose} look="sheet" title={w.title}>
        <Loading>
          <SkeletonLines />
        </Loading>
      </Dialog>
    )
  const others = together.data?.items ?? []
  if (others.length > 1) return <HandOverTogether dossier={dossier} items={others} onClose={onClose} />
  return (
    <ActionSheet
      action={actions.actionSheet('return')}
      dossier={dossier}
      onClose={onClose}
      onReload={actions.reload}
    />
  )
}
