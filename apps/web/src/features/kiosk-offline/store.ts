import { type KioskState, NEW_KIOSK } from './state.ts'

/** One record; a change is on the disk when the promise resolves, and two changes never overlap, also of two windows. */
export type KioskStore = {
  update: <T>(change: (state: KioskState) => { state: KioskState; result: T }) => Promise<T>
}

const NAME = 'mot-cua-kiosk'
const RECORDS = 'records'

const openDatabase = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open(NAME, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(RECORDS)
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })

/** A record per centre, so that a kiosk moved to another hall begins anew there. */
export const openKioskStore = (centre: string): KioskStore => {
  let opened: Promise<IDBDatabase> | undefined
  return {
    update: async (change) => {
      opened ??= openDatabase()
      const database = await opened
      return new Promise((resolve, reject) => {
        const transaction = database.transaction(RECORDS, 'readwrite', { durability: 'strict' })
        const records = transaction.objectStore(RECORDS)
        const reading = records.get(centre)
        let done: (() => void) | undefined
        reading.onsuccess = () => {
          try {
            // Written below, by this very program; what a newer one added has its beginning.
            const before: KioskState = { ...NEW_KIOSK, ...reading.result }
            const { state, result } = change(before)
            if (state !== before) records.put(state, centre)
            done = () => resolve(result)
          } catch (error) {
            reject(error)
            transaction.abort()
          }
        }
        transaction.oncomplete = () => done?.()
        transaction.onerror = () => reject(transaction.error)
        transaction.onabort = () =>
          reject(transaction.error ?? new Error('the kiosk’s record was not changed'))
      })
    },
  }
}
