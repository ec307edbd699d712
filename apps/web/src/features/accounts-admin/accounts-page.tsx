import { useInfiniteQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { SearchX, UserPlus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { type Account, listAccounts, ROLES, type Role } from '#modules/identity/contract.ts'
import { call } from '../../api/call.ts'
import { keyOf } from '../../api/queries.ts'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { Button } from '../../ui/button/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { ListWithPreview, TwoLines, WorkList } from '../../ui/list/work-list.tsx'
import { Tabs } from '../../ui/tabs/tabs.tsx'
import { useAddress, useRested } from '../administration/address.ts'
import styles from '../administration/administration.module.css'
import { Filter, ListSearch } from '../administration/layout.tsx'
import { Loaded } from '../administration/loaded.tsx'
import { AccountChip } from './account-chip.tsx'
import { AccountPreview } from './account-preview.tsx'
import { accountsWords } from './accounts-words.ts'
import { CreateSheet } from './create-sheet.tsx'
import { DelegationsTab } from './delegations-tab.tsx'

const words = catalogue(
  {
    title: 'Tài khoản và quyền',
    tabs: 'Phần của màn hình',
    accounts: 'Tài khoản',
    delegations: 'Ủy quyền',
    search: 'Tìm theo họ tên hoặc tên đăng nhập',
    role: 'Vai trò',
    allRoles: 'Mọi vai trò',
    create: 'Mở tài khoản',
    none: 'Không có tài khoản nào khớp trong phạm vi quản trị của ông/bà.',
    clear: 'Bỏ tìm kiếm và bộ lọc',
    more: 'Xem thêm',
    shown: 'Đang hiện',
    move: 'lên, xuống',
    open: 'mở',
    find: 'tìm',
  },
  {
    title: 'Accounts and rights',
    tabs: 'Parts of the screen',
    accounts: 'Accounts',
    delegations: 'Delegations',
    search: 'Search by name or user name',
    role: 'Role',
    allRoles: 'All roles',
    create: 'Open an account',
    none: 'No account that you look after matches.',
    clear: 'Clear search and filter',
    more: 'Show more',
    shown: 'Shown',
    move: 'up, down',
    open: 'open',
    find: 'search',
  },
)

// The table of roles is closed: its keys are exactly the roles.
const ROLE_IDS = Object.keys(ROLES) as Role[]

/** `/desk/nguoi-dung`: the accounts that this administrator looks after. */
export function AccountsPage() {
  const w = useWords(words)
  const [read, write] = useAddress()
  const [creating, setCreating] = useState(false)
  const tab = read('muc') === 'delegations' ? 'delegations' : 'accounts'
  return (
    <DeskScreen
      title={w.title}
      header={
        <div className={styles.header}>
          <h1 className={styles.title}>{w.title}</h1>
          <div className={styles.end}>
            <Button icon={UserPlus} look="main" onClick={() => setCreating(true)}>
              {w.create}
            </Button>
          </div>
        </div>
      }
      keys={[
        { keys: ['J', 'K'], label: w.move },
        { keys: ['Enter'], label: w.open },
        { keys: ['/'], label: w.find },
      ]}
    >
      <div className={styles.page}>
        <Tabs
          label={w.tabs}
          tabs={[
            { value: 'accounts', label: w.accounts },
            { value: 'delegations', label: w.delegations },
          ]}
          value={tab}
          onChange={(muc) => write({ muc: muc === 'accounts' ? '' : muc })}
        >
          <div className={tab === 'accounts' ? styles.tabTall : styles.panel}>
            {tab === 'accounts' ? <AccountList /> : <DelegationsTab />}
          </div>
        </Tabs>
      </div>
      {creating ? <CreateSheet onClose={() => setCreating(false)} /> : null}
    </DeskScreen>
  )
}

function AccountList() {
  const w = useWords(words)
  const aw = useWords(accountsWords)
  const { language } = useLanguage()
  const router = useRouter()
  const [read, write] = useAddress()
  const [text, setText] = useState(() => read('tim'))
  const q = useRested(text)
  const role = ROLE_IDS.find((one) => one === read('vai-tro'))
  const input = { ...(q ? { q } : {}), ...(role ? { role } : {}), limit: 100 }
  const pages = useInfiniteQuery({
    queryKey: [...keyOf(listAccounts, input), 'pages'],
    queryFn: ({ pageParam, signal }) =>
      call(listAccounts, { ...input, ...(pageParam ? { after: pageParam } : {}) }, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (before) => before,
  })
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  const active = items.find(({ id }) => id === read('tai-khoan')) ?? items[0]
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address follows the rested text only
  useEffect(() => {
    if (q !== read('tim')) write({ tim: q })
  }, [q])
  const open = (id: string): void => router.history.push(`/desk/nguoi-dung/${id}`)
  return (
    <>
      <div className={styles.toolbar}>
        <ListSearch label={w.search} value={text} onChange={setText} />
        <Filter
          label={w.role}
          all={w.allRoles}
          value={role ?? ''}
          options={ROLE_IDS.map((value) => ({ value, label: ROLES[value][language] }))}
          onChange={(value) => write({ 'vai-tro': value })}
        />
      </div>
      <div className={styles.grow}>
        <Loaded query={pages}>
          {() => (
            <ListWithPreview
              list={
                <WorkList<Account>
                  label={w.accounts}
                  groups={[{ id: 'all', label: w.shown, items }]}
                  columns={[
                    {
                      id: 'name',
                      head: aw.name,
                      width: 'minmax(0, 1fr)',
                      cell: ({ name, username, position }) => (
                        <TwoLines title={name} detail={`${username} · ${position}`} />
                      ),
                    },
                    {
                      id: 'roles',
                      head: aw.roles,
                      width: '210px',
                      cell: ({ roles }) => {
                        const all = roles.map((one) => ROLES[one][language]).join(', ')
                        return (
                          <span className={styles.clip} title={all}>
                            {all}
                          </span>
                        )
                      },
                    },
                    {
                      id: 'state',
                      head: aw.state,
                      width: '150px',
                      cell: (account) => <AccountChip account={account} />,
                    },
                  ]}
                  keyOf={({ id }) => id}
                  nameOf={({ name }) => name}
                  active={active?.id}
                  onActive={(id) => write({ 'tai-khoan': id })}
                  onOpen={({ id }) => open(id)}
                  rowHeight={52}
                  empty={
                    <EmptyState
                      icon={SearchX}
                      title={w.none}
                      action={
                        <Button
                          onClick={() => {
                            setText('')
                            write({ 'vai-tro': '' })
                          }}
                        >
                          {w.clear}
                        </Button>
                      }
                    />
                  }
                />
              }
              preview={active ? <AccountPreview account={active} onOpen={() => open(active.id)} /> : null}
            />
          )}
        </Loaded>
      </div>
      {pages.hasNextPage ? (
        <div className={styles.more}>
          <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {w.more}
          </Button>
        </div>
      ) : null}
    </>
  )
}
