import { useState } from 'react'
import { changeHall, getBoard, getFloor, getHall, type HallSettings } from '#modules/queue/contract.ts'
import type { Output } from '#platform/operation.ts'
import { isProblem, useOperation } from '../../api/queries.ts'
import { useCommand } from '../administration/command.ts'

export type Hall = Output<typeof getHall>

/**
 * One part of a hall's settings in a sheet. Saved is that part alone, over what the newest version says of the rest, so that two
 * people who change different parts lose nothing; after a refusal the newest version is fetched and what was typed stays.
 */
export function useHallChange(hall: Hall, onClose: () => void) {
  const command = useCommand(changeHall, { refresh: [getHall, getFloor, getBoard], onDone: onClose })
  const centre = hall.centre.id
  const query = useOperation(getHall, { centre }, { keep: true })
  const newest = query.data ?? hall
  const [reloaded, setReloaded] = useState(false)
  const { centre: _centre, open: _open, closesAt: _closes, opensAt: _opens, version, ...settings } = newest
  const { problem } = command
  return {
    command,
    newest,
    reloaded,
    changedMeanwhile: isProblem(problem) && problem.code === 'queue.hall-changed-meanwhile',
    reload: async (): Promise<void> => {
      await query.refetch()
      command.reset()
      setReloaded(true)
    },
    save: (part: Partial<HallSettings>): void =>
      void command.run({ centre, version, ...settings, ...part }, { version }),
  }
}
export type HallChange = ReturnType<typeof useHallChange>
