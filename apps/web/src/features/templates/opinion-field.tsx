import { type DossierView, listTemplates } from '#modules/dossiers/contract.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import { useOperation } from '../../api/queries.ts'
import { TextArea } from '../../ui/field/field.tsx'
import { formatDate, partsOf } from '../../ui/format/format.ts'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import { appendTemplate, expandTyped, type Facts } from './expand.ts'
import styles from './templates.module.css'

const words = catalogue(
  {
    hint: 'Gõ / và từ khóa của mẫu rồi dấu cách, hoặc chọn mẫu bên dưới.',
    templates: 'Mẫu ý kiến',
    insert: (title: string) => `Chèn mẫu: ${title}`,
    manage: 'Sửa các mẫu',
    make: 'Lập mẫu ý kiến để chèn bằng từ khóa',
  },
  {
    hint: 'Type / and the key of a template, then a space, or choose one below.',
    templates: 'Templates',
    insert: (title: string) => `Insert: ${title}`,
    manage: 'Edit templates',
    make: 'Make a template to insert by its key',
  },
)

/** What a template may name of this dossier. */
export const factsOf = (dossier: DossierView): Facts => ({
  'ho-ten': dossier.owner,
  'ma-ho-so': dossier.code,
  'thu-tuc': dossier.procedure.name,
  'ngay-nhan': formatDate(partsOf(dossier.receivedAt).date),
  ...(dossier.due ? { 'han-tra': formatDate(partsOf(dossier.due).date) } : {}),
  'co-quan': dossier.resolvingUnit.name,
  'hom-nay': formatDate(localDateOf(new Date())),
})

type OpinionFieldProps = {
  id: string
  label: string
  rows: number
  optional: boolean
  hint: string | undefined
  value: string
  onChange: (value: string) => void
  dossier: DossierView
}

/** An opinion with the templates of the officer and the unit at hand, inserted by key or by a click. */
export function OpinionField({ hint, value, onChange, dossier, ...rest }: OpinionFieldProps) {
  const w = useWords(words)
  const templates = useOperation(listTemplates, {}, { staleTime: 300_000 })
  const items = templates.data?.items ?? []
  const facts = factsOf(dossier)
  return (
    <div className={styles.opinion}>
      <TextArea
        {...rest}
        hint={hint ?? (items.length > 0 ? w.hint : undefined)}
        value={value}
        onChange={(text) => onChange(expandTyped(text, items, facts) ?? text)}
      />
      {items.length > 0 ? (
        <details className={styles.templates}>
          <summary>{w.templates}</summary>
          <ul>
            {items.map((template) => (
              <li key={template.id}>
                <button
                  type="button"
                  aria-label={w.insert(template.title)}
                  onClick={() => onChange(appendTemplate(value, template, facts))}
                >
                  <span className="n">/{template.key}</span> {template.title}
                </button>
              </li>
            ))}
          </ul>
          <AppLink href="/desk/mau-y-kien">{w.manage}</AppLink>
        </details>
      ) : (
        <AppLink href="/desk/mau-y-kien">{w.make}</AppLink>
      )}
    </div>
  )
}
