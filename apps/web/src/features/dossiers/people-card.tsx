import type { DossierView } from '#modules/dossiers/contract.ts'
import { revealPersonalData } from '#modules/dossiers/contract.ts'
import { call } from '../../api/call.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { MaskedNumber } from '../../ui/masked/masked-number.tsx'

const words = catalogue(
  {
    title: 'Người và nơi',
    owner: 'Chủ hồ sơ',
    submitter: 'Người nộp',
    representative: 'Người đại diện',
    personalId: 'Số định danh',
    phone: 'Điện thoại',
    ofId: 'số định danh',
    ofPhone: 'số điện thoại',
    address: 'Địa chỉ',
    received: 'Nơi nhận',
    resolves: 'Nơi giải quyết',
    returns: 'Nơi trả',
    way: { counter: 'tại quầy', postal: 'qua bưu chính', electronic: 'bản điện tử' },
    reasons: ['Gọi điện báo người nộp', 'Đối chiếu giấy tờ của hồ sơ', 'Người nộp đề nghị kiểm tra'],
    pin: 'Mã tra cứu',
    fees: 'Phí, lệ phí',
  },
  {
    title: 'People and places',
    owner: 'Owner',
    submitter: 'Handed in by',
    representative: 'Representative',
    personalId: 'Personal number',
    phone: 'Phone',
    ofId: 'personal number',
    ofPhone: 'phone number',
    address: 'Address',
    received: 'Received at',
    resolves: 'Decided by',
    returns: 'Returned at',
    way: { counter: 'at the counter', postal: 'by post', electronic: 'electronic' },
    reasons: ['To call the applicant', 'To compare the papers', 'The applicant asked for a check'],
    pin: 'Look-up PIN',
    fees: 'Fees',
  },
)

type Side = 'owner' | 'submitter' | 'representative'

/** Who and where. Numbers show four digits; the eye asks for the reason and the server logs it. */
export function PeopleCard({ dossier }: { dossier: DossierView }) {
  const w = useWords(words)
  const reveal = (side: Side, field: 'personalId' | 'phone') => async (reason: string) => {
    const open = await call(revealPersonalData, { code: dossier.code, reason })
    return open[side]?.[field] ?? ''
  }
  const masked = (side: Side, field: 'personalId' | 'phone', value: string | null) => {
    if (!value) return null
    const digits = value.replace(/\D/g, '')
    return (
      <>
        <dt>{field === 'personalId' ? w.personalId : w.phone}</dt>
        <dd>
          <MaskedNumber
            what={field === 'personalId' ? w.ofId : w.ofPhone}
            lastDigits={digits}
            length={value.replace(/[^\d•]/g, '').length}
            reasons={w.reasons}
            onReveal={reveal(side, field)}
          />
        </dd>
      </>
    )
  }
  const { ownerParty, submitter, representative } = dossier
  return (
    <section className={desk.card} aria-labelledby="people-title">
      <h2 id="people-title" className={desk.section}>
        {w.title}
      </h2>
      <dl className={desk.facts}>
        <dt>{w.owner}</dt>
        <dd>{ownerParty.name}</dd>
        {masked('owner', 'personalId', ownerParty.personalId)}
        {masked('owner', 'phone', ownerParty.phone)}
        {ownerParty.address ? (
          <>
            <dt>{w.address}</dt>
            <dd>{ownerParty.address}</dd>
          </>
        ) : null}
        {representative ? (
          <>
            <dt>{w.representative}</dt>
            <dd>{representative.name}</dd>
            {masked('representative', 'phone', representative.phone)}
          </>
        ) : submitter.name === ownerParty.name ? null : (
          <>
            <dt>{w.submitter}</dt>
            <dd>{submitter.name}</dd>
          </>
        )}
        <dt>{w.received}</dt>
        <dd>{dossier.receivingCentre.name}</dd>
        <dt>{w.resolves}</dt>
        <dd>{dossier.resolvingUnit.name}</dd>
        <dt>{w.returns}</dt>
        <dd>
          {dossier.returningCentre.name}, {w.way[dossier.resultReturn.way]}
          {dossier.resultReturn.address ? `, ${dossier.resultReturn.address}` : ''}
        </dd>
        {dossier.pin ? (
          <>
            <dt>{w.pin}</dt>
            <dd className="n">{dossier.pin}</dd>
          </>
        ) : null}
      </dl>
    </section>
  )
}
