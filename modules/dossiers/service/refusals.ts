import { ROLES } from '#modules/identity/contract.ts'
import type { Tree } from '#modules/organisation/rules.ts'
import { Refusal } from '#platform/errors.ts'
import type { Block } from '../rules.ts'
import { STATE_LABELS } from '../rules.ts'
import { type Places, unitOf } from './rights.ts'
import { momentWords } from './words.ts'

type Situation = { tree: Tree; dossier: Places }

/** A guard's reason as a refusal with the names and dates that its words need. */
export const explainBlock = (block: Block, { tree, dossier }: Situation): Refusal => {
  switch (block.code) {
    case 'dossiers.not-your-role': {
      const unit = unitOf(dossier, block.at)
      return new Refusal(block.code, {
        role: block.roles.map((role) => ROLES[role].vi).join(', '),
        unit: tree.units.get(unit)?.name ?? unit,
      })
    }
    case 'dossiers.action-not-allowed':
      return new Refusal(block.code, { state: STATE_LABELS[block.state].vi })
    case 'dossiers.supplement-already-asked':
      return new Refusal(block.code, { date: momentWords(new Date(block.at)) })
    case 'dossiers.supplement-too-late':
    case 'dossiers.too-early-to-close':
      return new Refusal(block.code, { until: momentWords(new Date(block.until)) })
    case 'dossiers.extension-too-late':
      return new Refusal(block.code, { due: momentWords(new Date(block.due)) })
    default:
      return new Refusal(block.code)
  }
}
