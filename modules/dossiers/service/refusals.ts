import type { Tree } from '#modules/organisation/rules.ts'
import { Refusal } from '#platform/errors.ts'
import type { Block } from '../rules.ts'
import { STATE_LABELS } from '../rules.ts'
import { type Places, unitOf } from './rights.ts'
import { DID, DOING, momentInWords, roleWords } from './words.ts'

type Situation = { tree: Tree; dossier: Places }

/** A guard's reason as a refusal with the names and dates that its words need. */
export const explainBlock = (block: Block, { tree, dossier }: Situation): Refusal => {
  switch (block.code) {
    case 'dossiers.not-your-role': {
      const unit = unitOf(dossier, block.at)
      return new Refusal(block.code, {
        role: roleWords(block.roles),
        unit: tree.units.get(unit)?.name ?? unit,
      })
    }
    case 'dossiers.action-not-allowed':
      return new Refusal(block.code, { state: STATE_LABELS[block.state] })
    case 'dossiers.supplement-already-asked':
      return new Refusal(block.code, { date: momentInWords(new Date(block.at)) })
    case 'dossiers.supplement-too-late':
    case 'dossiers.too-early-to-close':
      return new Refusal(block.code, { until: momentInWords(new Date(block.until)) })
    case 'dossiers.ordinary-supplement-open':
      return new Refusal(block.code, {
        until:
          block.until === null
            ? { vi: 'không có hạn', en: 'no limit' }
            : momentInWords(new Date(block.until)),
      })
    case 'dossiers.extension-too-late':
      return new Refusal(block.code, { due: momentInWords(new Date(block.due)) })
    case 'dossiers.segregation':
      return new Refusal(block.code, { did: DID[block.did], doing: DOING[block.doing] })
    default:
      return new Refusal(block.code)
  }
}
