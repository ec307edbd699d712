import type { DossierView } from '#modules/dossiers/contract.ts'
import { revealPersonalData } from '#modules/dossiers/contract.ts'
import { SCOPE_WORDS } from '#modules/dossiers/rules.ts'
import { call } from '../../api/call.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { formatDate } from '../../ui/format/format.ts'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { MaskedNumber } from '../../ui/masked/masked-number.tsx'

const words = catalogue(
  {
    title: 'Người và nơi',
    owner: 'Chủ hồ sơ',
    submitter: 'Người nộp',
    representative: 'Người đại diện',
    by: {
      authorisation: 'Giấy ủy quyền',
      introduction: 'Giấy giới thiệu',
      family: 'Quan hệ gia đình',
      law: 'Đại diện theo pháp luật',
    },
    numbered: (paper: string, number: string) => `${paper} số ${number}`,
    scope: 'Được',
    period: 'Hiệu lực',
    from: (date: string) => `từ ${date}`,
    until: (date: string) => `đến ${date}`,
    paper: 'Theo',
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
    by: {
      authorisation: 'Authorisation',
      introduction: 'Letter of introduction',
      family: 'Family relation',
      law: 'Legal representative',
    },
    numbered: (paper: string, number: string) => `${paper} no. ${number}`,
    scope: 'May',
    period: 'Valid',
    from: (date: string) => `from ${date}`,
    until: (date: string) => `until ${date}`,
    paper: 'By',
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

type Representative = NonNullable<DossierView['representative']>
const BY = ['authorisation', 'introduction', 'family', 'law'] as const

/** The paper of the representative: what it is, what it allows, from when to when, and what it does not. */
function Paper({ representative }: { representative: Representative }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const { paper, paperNumber, scope, procedures, validFrom, validUntil, whyNot } = representative
  const kind = BY.find((one) => one === paper)
  const name = kind ? w.by[kind] : paper
  const period = [
    ...(validFrom ? [w.from(formatDate(validFrom))] : []),
    ...(validUntil ? [w.until(formatDate(validUntil))] : []),
  ].join(' ')
  return (
    <>
      <dt>{w.paper}</dt>
      <dd>{paperNumber ? w.numbered(name, paperNumber) : name}</dd>
      <dt>{w.scope}</dt>
      <dd>
        {[scope.map((part) => SCOPE_WORDS[part][language]).join(', '), ...procedures].join('; ')}
        {whyNot ? <p className={desk.small}>{whyNot[language]}</p> : null}
      </dd>
      {period ? (
        <>
          <dt>{w.period}</dt>
          <dd className="n">{period}</dd>
        </>
      ) : null}
    </>
  )
}

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
            <Paper representative={representative} />
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
