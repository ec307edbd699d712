import { ancestors, type Tree } from '#modules/organisation/rules.ts'
import { fold } from '#platform/text/fold.ts'
import { toLocalIso } from '#platform/time/vietnam.ts'
import type { Party } from '../contract/vocabulary.ts'
import type { componentsOf, DossierRow } from '../store/dossiers.ts'
import type { DossierDeps } from './deps.ts'

/** Parts that the papers of a dossier share. */

type ComponentRow = Awaited<ReturnType<typeof componentsOf>>[number]

export const nameOf = (tree: Tree, unit: string): string => tree.units.get(unit)?.name ?? unit

/** Superior body and own name, as the head block of Decree 30/2020 sets them. */
export const letterhead = (tree: Tree, unit: string) => {
  const own = tree.units.get(unit)
  const above = ancestors(tree, unit)[0]
  const province = tree.units.get('ubnd-tinh')?.name.replace(/^.*(tỉnh|thành phố)\s+/u, '') ?? ''
  return {
    superior: above?.name ?? own?.name ?? unit,
    agency: own?.name ?? unit,
    place: province || 'Quảng Ninh',
  }
}

export const identityOf = (party: Pick<Party, 'kind' | 'personalId'>) =>
  party.personalId
    ? {
        kind: party.kind === 'organisation' ? ('tax-code' as const) : ('personal-id' as const),
        number: party.personalId,
      }
    : null

export const submitterOf = ({ owner, submitter, representative }: DossierRow): string =>
  representative?.name ?? submitter?.name ?? owner.name

export const applicantOf = (dossier: DossierRow) => {
  const { owner } = dossier
  const by = submitterOf(dossier)
  return {
    kind: owner.kind,
    name: owner.name,
    representative: fold(by) !== fold(owner.name) ? by : null,
    identity: identityOf(owner),
    address: owner.address || null,
    phone: owner.phone || null,
    email: owner.email || null,
  }
}

export const paperBase = (dossier: DossierRow, tree: Tree, unit: string, issuedAt: Date) => ({
  letterhead: letterhead(tree, unit),
  issuedAt: toLocalIso(issuedAt),
  sample: dossier.sample,
  dossierCode: dossier.code,
  applicant: applicantOf(dossier),
  procedure: { code: dossier.procedure_code, name: dossier.procedure_official_name },
})

export const trackingOf = (deps: Pick<DossierDeps, 'publicUrl' | 'hotline'>, dossier: DossierRow) => ({
  url: `${deps.publicUrl()}/tra-cuu/${dossier.code}`,
  pin: dossier.pin,
  hotline: deps.hotline,
})

export const RETURN_WAYS = { counter: 'counter', postal: 'post', electronic: 'online' } as const

/** What was handed in, on paper or from a database. */
export const handedIn = (components: readonly ComponentRow[]): ComponentRow[] =>
  components.filter(({ status }) => status === 'present' || status === 'in-database')

/** "01 bản chính, 02 bản sao": what lies on paper of a component; empty when nothing does. */
export const onPaper = ({
  originals,
  certified_copies,
  copies,
}: Pick<ComponentRow, 'originals' | 'certified_copies' | 'copies'>): string =>
  [
    [originals, 'bản chính'] as const,
    [certified_copies, 'bản chứng thực'] as const,
    [copies, 'bản sao'] as const,
  ]
    .flatMap(([count, words]) => (count > 0 ? [`${String(count).padStart(2, '0')} ${words}`] : []))
    .join(', ')

/** Papers that go back to the applicant when the dossier ends without a result. */
export const papersBack = (components: readonly ComponentRow[]): { name: string; quantity: string }[] =>
  handedIn(components).flatMap((row) => {
    const quantity = onPaper(row)
    return quantity ? [{ name: row.name, quantity }] : []
  })
