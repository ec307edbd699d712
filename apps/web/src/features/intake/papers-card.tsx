import desk from '../../surfaces/desk/desk.module.css'
import { Checklist, ChecklistCounts, type ChecklistRow } from '../../ui/checklist/checklist.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { Attachments } from './attachments.tsx'
import { type ComponentView, type IntakeDraft, type PaperDraft, paperOf } from './draft.ts'

const words = catalogue(
  {
    title: 'Thành phần hồ sơ',
    unasked: 'Không thuộc trường hợp này',
    keys: 'Cách: đủ hoặc thiếu · K: không áp dụng · số: bản chính · Shift + số: bản sao',
  },
  {
    title: 'Papers of the dossier',
    unasked: 'Not asked in this case',
    keys: 'Space: present or missing · K: not applicable · number: originals · Shift + number: copies',
  },
)

type PapersCardProps = {
  draft: IntakeDraft
  components: readonly ComponentView[] | undefined
  onChange: (component: ComponentView, change: (before: PaperDraft) => Partial<PaperDraft>) => void
  onSending: (delta: 1 | -1) => void
}

/** The rows of the checklist as the screen and the missing list see them. Pure. */
export const checklistRows = (
  draft: IntakeDraft,
  components: readonly ComponentView[],
  unasked: string,
): (ChecklistRow & { component: ComponentView })[] =>
  components.map((component) => {
    const paper = paperOf(draft, component)
    return {
      component,
      id: component.id,
      name: component.name,
      state: paper.state,
      originals: paper.originals,
      copies: paper.copies,
      certified: paper.certified,
      // Only an unconditional paper that is left out needs a reason of the officer's own.
      reason: paper.reason || (paper.state === 'not-applicable' && !component.mandatory ? unasked : ''),
      inStore: paper.inStore,
    }
  })

export function PapersCard({ draft, components, onChange, onSending }: PapersCardProps) {
  const w = useWords(words)
  if (!components) return null
  const rows = checklistRows(draft, components, w.unasked)
  return (
    <section className={desk.card} aria-labelledby="papers-title">
      <div className={desk.cardHead}>
        <h2 id="papers-title">{w.title}</h2>
        <ChecklistCounts rows={rows} />
      </div>
      <Checklist
        label={w.title}
        kinds={['originals', 'copies', 'certified']}
        rows={rows.map((row) => ({
          ...row,
          trailing:
            row.state === 'not-applicable' ? null : (
              <Attachments
                paper={row.name}
                files={paperOf(draft, row.component).files}
                inStore={row.inStore === true && row.state === 'enough'}
                onAdd={(file) =>
                  // Several files may arrive after one another: each is added to what is there by then.
                  onChange(row.component, (before) => ({ state: 'enough', files: [...before.files, file] }))
                }
                onRemove={(id) =>
                  onChange(row.component, (before) => ({
                    files: before.files.filter((file) => file.id !== id),
                  }))
                }
                onInStore={() => onChange(row.component, () => ({ state: 'enough', inStore: true }))}
                onSending={onSending}
              />
            ),
        }))}
        onChange={(id, change) => {
          const component = components.find((one) => one.id === id)
          if (component) onChange(component, () => change)
        }}
      />
      <p className={desk.small}>{w.keys}</p>
    </section>
  )
}
