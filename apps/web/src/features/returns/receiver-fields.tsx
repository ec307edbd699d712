import { BadgeCheck, CircleX } from 'lucide-react'
import type { DossierView } from '#modules/dossiers/contract.ts'
import { PersonIdField, TextField } from '../../ui/field/field.tsx'
import { SegmentedChoice } from '../../ui/field/segmented-choice.tsx'
import { formatDate } from '../../ui/format/format.ts'
import { useScanner } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { readCitizenCard } from '../../ui/scanner/citizen-card.ts'
import { Chip } from '../../ui/status/chip.tsx'
import type { ActionValues } from '../dossiers/action-values.ts'

const words = catalogue(
  {
    relation: 'Người nhận là',
    owner: 'Chủ hồ sơ',
    representative: 'Được ủy quyền',
    family: 'Người thân',
    postal: 'Bưu chính',
    name: 'Họ và tên người nhận',
    personalId: 'Số định danh người nhận',
    scan: 'Quét thẻ căn cước để điền tên và số.',
    proof: 'Nhận ra người bằng',
    slip: 'Giấy tiếp nhận',
    card: 'Thẻ căn cước',
    paper: 'Giấy ủy quyền hoặc giấy chứng minh quan hệ',
    may: (name: string) => `${name} được ủy quyền nhận kết quả`,
    until: (date: string) => `đến ${date}`,
    way: 'Cách trao',
    counter: 'Tại quầy',
    post: 'Qua bưu chính',
    electronic: 'Bản điện tử',
  },
  {
    relation: 'The receiver is',
    owner: 'The owner',
    representative: 'The representative',
    family: 'A relative',
    postal: 'The post',
    name: 'Full name of the receiver',
    personalId: 'Personal number of the receiver',
    scan: 'Scan the citizen card to fill in name and number.',
    proof: 'Identified by',
    slip: 'The slip',
    card: 'The citizen card',
    paper: 'Authorisation or proof of relation',
    may: (name: string) => `${name} may take the result`,
    until: (date: string) => `until ${date}`,
    way: 'Way of handing over',
    counter: 'At the counter',
    post: 'By post',
    electronic: 'Electronic',
  },
)

type Named = Pick<NonNullable<DossierView['representative']>, 'name' | 'mayReceive' | 'whyNot' | 'validUntil'>

/** Whether the paper of the intake is good for taking the result, before anybody presses. */
function MayReceive({ representative }: { representative: Named }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const { name, mayReceive, whyNot, validUntil } = representative
  const good = [w.may(name), ...(validUntil ? [w.until(formatDate(validUntil))] : [])].join(', ')
  return (
    <p role="status">
      <Chip tone={mayReceive ? 'ngoc' : 'son'} icon={mayReceive ? BadgeCheck : CircleX}>
        {mayReceive ? good : (whyNot?.[language] ?? '')}
      </Chip>
    </p>
  )
}

type ReceiverFieldsProps = {
  values: ActionValues
  onChange: (change: Partial<ActionValues>) => void
  dossier: Pick<DossierView, 'owner' | 'representative'>
}

/** Who takes the result, how they were recognised, and by which paper when it is not the owner. */
export function ReceiverFields({ values, onChange, dossier }: ReceiverFieldsProps) {
  const w = useWords(words)
  useScanner((text) => {
    const reading = readCitizenCard(text)
    if (reading.ok)
      onChange({
        receiverName: reading.card.name,
        receiverId: reading.card.personalId,
        slipShown: false,
        relation:
          reading.card.name.toLocaleLowerCase('vi') === dossier.owner.toLocaleLowerCase('vi')
            ? 'owner'
            : values.relation,
      })
  })
  return (
    <>
      <SegmentedChoice
        label={w.relation}
        value={values.relation}
        options={[
          { value: 'owner', label: w.owner },
          { value: 'representative', label: w.representative },
          { value: 'family', label: w.family },
          { value: 'postal', label: w.postal },
        ]}
        onChange={(relation) =>
          onChange({
            relation,
            receiverName:
              relation === 'owner'
                ? dossier.owner
                : relation === 'representative'
                  ? (dossier.representative?.name ?? '')
                  : '',
            way: relation === 'postal' ? 'postal' : values.way,
          })
        }
      />
      {values.relation === 'representative' && dossier.representative ? (
        <MayReceive representative={dossier.representative} />
      ) : null}
      <TextField
        id="receiverName"
        label={w.name}
        hint={w.scan}
        value={values.receiverName}
        onChange={(receiverName) => onChange({ receiverName })}
      />
      <SegmentedChoice
        label={w.proof}
        value={values.slipShown ? 'slip' : 'card'}
        options={[
          { value: 'slip', label: w.slip },
          { value: 'card', label: w.card },
        ]}
        onChange={(proof) => onChange({ slipShown: proof === 'slip' })}
      />
      <PersonIdField
        id="receiverId"
        label={w.personalId}
        optional={values.slipShown}
        value={values.receiverId}
        onChange={(receiverId) => onChange({ receiverId })}
      />
      {values.relation === 'owner' ? null : (
        <TextField
          id="authorisationPaper"
          label={w.paper}
          value={values.authorisationPaper}
          onChange={(authorisationPaper) => onChange({ authorisationPaper })}
        />
      )}
      <SegmentedChoice
        label={w.way}
        value={values.way}
        options={[
          { value: 'counter', label: w.counter },
          { value: 'postal', label: w.post },
          { value: 'electronic', label: w.electronic },
        ]}
        onChange={(way) => onChange({ way })}
      />
    </>
  )
}
