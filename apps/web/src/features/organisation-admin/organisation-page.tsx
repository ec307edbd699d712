import { useState } from 'react'
import { getUnit, listUnits } from '#modules/organisation/contract.ts'
import { useOperation } from '../../api/queries.ts'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { Loading, SkeletonRows } from '../../ui/feedback/loading.tsx'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import { SearchBox } from '../../ui/search/search-box.tsx'
import { useAddress, useRested } from '../administration/address.ts'
import styles from '../administration/administration.module.css'
import { Loaded } from '../administration/loaded.tsx'
import { useMe } from '../session/me.tsx'
import own from './organisation.module.css'
import { UnitTree } from './unit-tree.tsx'
import { UnitView } from './unit-view.tsx'

const words = catalogue(
  {
    title: 'Tổ chức',
    search: 'Tìm cơ quan, đơn vị',
    tree: 'Cây tổ chức',
    find: 'tìm',
    move: 'đi trong cây',
    fold: 'mở, gập',
  },
  {
    title: 'Organisation',
    search: 'Search units',
    tree: 'Tree of units',
    find: 'search',
    move: 'walk the tree',
    fold: 'open, close',
  },
)

/** `/desk/to-chuc`: the tree of units, and beside it the unit that is chosen. */
export function OrganisationPage() {
  const w = useWords(words)
  const me = useMe()
  const [read, write] = useAddress()
  const [text, setText] = useState('')
  const q = useRested(text)
  const chosen = read('don-vi') || me.centre || me.unit
  const unit = useOperation(getUnit, { unit: chosen }, { keep: true })
  const found = useOperation(
    listUnits,
    { q, limit: 10, ended: 'true' },
    { enabled: q.trim().length >= 2, keep: true },
  )
  useShortcuts([{ keys: '/', label: w.search, run: () => document.getElementById('unit-search')?.focus() }])
  const path = unit.data ? [...unit.data.ancestors].reverse() : []
  const root = path[0]?.id ?? unit.data?.id
  const show = (id: string): void => write({ 'don-vi': id, muc: '' })
  return (
    <DeskScreen
      title={unit.data ? `${w.title}: ${unit.data.shortName}` : w.title}
      header={
        <div className={styles.header}>
          <h1 className={styles.title}>{w.title}</h1>
          <div className={own.search}>
            <SearchBox
              id="unit-search"
              size="desk"
              shortcut="/"
              label={w.search}
              placeholder={w.search}
              value={text}
              onChange={setText}
              suggestions={found.data?.items.map((item) => ({
                id: item.id,
                name: item.name,
                detail: item.parentName ?? '',
              }))}
              onPick={({ id }) => {
                setText('')
                show(id)
              }}
            />
          </div>
        </div>
      }
      keys={[
        { keys: ['↑', '↓'], label: w.move },
        { keys: ['←', '→'], label: w.fold },
        { keys: ['/'], label: w.find },
      ]}
    >
      <div className={own.split}>
        <div className={own.tree}>
          {root ? (
            <UnitTree
              key={root}
              label={w.tree}
              root={root}
              open={path.map(({ id }) => id)}
              selected={chosen}
              onSelect={show}
            />
          ) : (
            <Loading>
              <SkeletonRows rows={8} height={34} />
            </Loading>
          )}
        </div>
        <div className={own.unit}>
          <Loaded query={unit} shape="lines">
            {(data) => <UnitView key={data.id} unit={data} onShow={show} />}
          </Loaded>
        </div>
      </div>
    </DeskScreen>
  )
}
