import { getDossier, listConsultations, listTasks } from '#modules/dossiers/contract.ts'
import { useSend } from '../dossiers/use-send.ts'

const CHANGES = [getDossier, listTasks, listConsultations]

/** What both sides of a question do changes the dossier, the lists of work and the questions. */
export const useConsultationSheet = (onDone: () => void) => useSend(CHANGES, onDone)
