import { fileAnswer } from '#modules/documents/index.ts'
import { type RawAnswer, type Route, route } from '#platform/http/route.ts'
import * as op from './contract.ts'
import type { ImportService } from './service/imports.ts'
import type { DossierService } from './service.ts'

const pdf = (raw: Buffer, name: string): RawAnswer => ({
  raw,
  mediaType: 'application/pdf',
  headers: { 'Content-Disposition': `inline; filename="${name}.pdf"`, 'Cache-Control': 'no-store' },
})

export const createDossierRoutes = (service: DossierService): Route[] => [
  route(op.previewIntake, service.preview),
  route(op.createDossier, service.create),
  route(op.submitDossier, service.submit),
  route(op.requestIntakeSupplement, service.requestIntakeSupplement),
  route(op.refuseIntake, service.refuseIntake),
  route(op.saveDraft, service.saveDraft),
  route(op.listDrafts, (_input, context) => service.listDrafts(context)),
  route(op.discardDraft, service.discardDraft),
  route(op.listDossiers, service.list),
  route(op.getDossier, service.get),
  route(op.revealPersonalData, service.reveal),
  route(op.actOnDossier, service.act),
  route(op.retryMember, service.retryMember),
  route(op.dropMember, service.dropMember),
  route(op.askOpinions, service.askOpinions),
  route(op.answerConsultation, service.consultations.answer),
  route(op.remindConsulted, service.consultations.remind),
  route(op.withdrawConsultation, service.consultations.withdraw),
  route(op.listConsultations, service.consultations.list),
  route(op.explainLateness, service.explainLateness),
  route(op.findAuthorisations, service.authorisations.find),
  route(op.endAuthorisation, service.authorisations.end),
  route(op.listAlarms, service.listAlarms),
  route(op.previewRecomputation, (_input, { actor }) => service.previewRecomputation(actor)),
  route(op.startRecomputation, (input, { actor }) => service.startRecomputation(input, actor)),
  route(op.listRecomputations, (_input, { actor }) => service.listRecomputations(actor)),
  route(op.listTasks, service.listTasks),
  route(op.claimTask, service.claim),
  route(op.releaseTask, service.release),
  route(op.completeTask, service.complete),
  route(op.sendTaskBack, service.sendBack),
  route(op.reassignTask, service.reassign),
  route(op.listAssignees, service.assignees),
  route(op.planAssignment, (input, { actor }) => service.bulk.plan(input, actor)),
  route(op.assignTasks, service.bulk.assign),
  route(op.completeTasks, service.bulk.complete),
  route(op.listHandoverCandidates, service.handover.candidates),
  route(op.createHandoverSheets, service.handover.create),
  route(op.listHandoverSheets, service.handover.list),
  route(op.getHandoverSheet, service.handover.get),
  route(op.getHandoverPaper, async (input, context) =>
    pdf(await service.handoverPaper(input, context), `phieu-ban-giao-${input.sheet}`),
  ),
  route(op.receiveHandoverSheet, service.handover.receive),
  route(op.settleHandoverRow, service.handover.settle),
  route(op.cancelHandoverSheet, service.handover.cancel),
  route(op.searchDossiers, service.list),
  route(op.listOfficers, (input) => service.workload.officers(input)),
  route(op.listFilters, (_input, context) => service.kept.filters(context)),
  route(op.saveFilter, service.kept.saveFilter),
  route(op.removeFilter, service.kept.removeFilter),
  route(op.listTemplates, (_input, context) => service.kept.templates(context)),
  route(op.saveTemplate, service.kept.saveTemplate),
  route(op.removeTemplate, service.kept.removeTemplate),
  route(op.listUncollected, service.returns.list),
  route(op.remindOfResults, service.returns.remind),
  route(op.listResultsTogether, service.returns.together),
  route(op.returnResults, service.returns.hand),
  route(op.createBatch, service.batch),
  route(op.getLateHands, service.lateHands),
  route(op.getWorkload, service.workload.get),
  route(op.urgeTasks, service.workload.urge),
  route(op.getPaper, async (input, context) =>
    pdf(await service.paper(input, context), `${input.code}-${input.form}`),
  ),
  route(op.getBatchReceipt, async (input, context) =>
    pdf(await service.batchReceipt(input, context), 'giay-tiep-nhan-nhieu-ho-so'),
  ),
  route(op.getOverdueReport, async (input, context) =>
    pdf(await service.overdueReport(input, context), `ho-so-qua-han-${input.unit}`),
  ),
  route(op.getUnclaimedResults, async (input, context) =>
    pdf(await service.unclaimedResults(input, context), `ket-qua-chua-nhan-${input.centre}`),
  ),
  route(op.getSealRegister, async (input, context) =>
    pdf(await service.sealRegister(input, context), 'so-con-dau-thu-hai'),
  ),
  route(op.listBooks, service.books),
  route(op.getOnSiteShare, service.onSiteShare),
  route(op.getGuidance, async (input, context) =>
    pdf(await service.guidance(input, context), `huong-dan-${input.procedure}`),
  ),
  route(op.getRegister, async (input, context) =>
    pdf(await service.register(input, context), `so-theo-doi-${input.centre}`),
  ),
  route(op.getDossierFile, async (input, context) => fileAnswer(await service.file(input, context))),
  route(op.trackDossier, service.track),
  route(op.openTracking, service.track),
]

export const createImportRoutes = (imports: ImportService): Route[] => [
  route(op.sendDossierImport, imports.send),
  route(op.listDossierImports, imports.list),
  route(op.getDossierImport, imports.get),
  route(op.listImportRejections, imports.rejections),
]
