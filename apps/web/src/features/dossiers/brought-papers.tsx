import type { DossierView } from '#modules/dossiers/contract.ts'
import { Checklist } from '../../ui/checklist/checklist.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { Attachments } from '../intake/attachments.tsx'
import type { Paper } from './action-values.ts'

const words = catalogue({ label: 'Giấy tờ vừa nộp' }, { label: 'Papers handed in now' })

const untouched: Paper = { originals: 0, copies: 0, present: false, files: [] }

type BroughtPapersProps = {
  dossier: DossierView
  papers: Readonly<Record<string, Paper>>
  onChange: (papers: Record<string, Paper>) => void
  onSending: (delta: 1 | -1) => void
}

/** The papers of the case once more: what was missing first, and any other that is replaced. */
export function BroughtPapers({ dossier, papers, onChange, onSending }: BroughtPapersProps) {
  const w = useWords(words)
  const order = { missing: 0, 'not-applicable': 1, 'in-database': 2, present: 3 }
  const components = dossier.components.toSorted((a, b) => order[a.status] - order[b.status])
  const change = (component: string, next: Partial<Paper>): void => {
    const after = { ...untouched, ...papers[component], ...next }
    const brought = after.originals + after.copies + after.files.length > 0
    onChange({
      ...papers,
      [component]:
        next.present === true && !brought
          ? { ...after, originals: 1 }
          : next.present === false
            ? untouched
            : { ...after, present: brought },
    })
  }
  return (
    <Checklist
      label={w.label}
      kinds={['originals', 'copies']}
      rows={components.map((component) => {
        const paper = papers[component.component] ?? untouched
        const lying = component.status === 'present' || component.status === 'in-database'
        return {
          id: component.component,
          name: component.name,
          state:
            paper.present || lying ? 'enough' : component.status === 'missing' ? 'missing' : 'not-applicable',
          originals: paper.present ? paper.originals : component.originals,
          copies: paper.present ? paper.copies : component.copies,
          reason: component.reason ?? '',
          trailing: (
            <Attachments
              paper={component.name}
              files={paper.files}
              onAdd={(file) => change(component.component, { files: [...paper.files, file] })}
              onRemove={(id) =>
                change(component.component, { files: paper.files.filter((file) => file.id !== id) })
              }
              onSending={onSending}
            />
          ),
        }
      })}
      onChange={(id, next) =>
        change(id, {
          ...(next.state === undefined ? {} : { present: next.state === 'enough' }),
          ...(next.originals === undefined ? {} : { originals: next.originals }),
          ...(next.copies === undefined ? {} : { copies: next.copies }),
        })
      }
    />
  )
}
