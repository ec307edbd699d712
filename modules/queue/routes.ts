import { type Route, route } from '#platform/http/route.ts'
import * as op from './contract.ts'
import type { QueueService } from './service.ts'

const header = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

export const createQueueRoutes = (service: QueueService): Route[] => [
  route(op.listServiceGroups, service.serviceGroups),
  route(op.takeTicket, (input, { idempotency }) => service.takeTicket(input, idempotency)),
  route(op.getTicket, service.visitors.get),
  route(op.cancelTicket, service.visitors.cancel),
  route(op.returnToLine, service.visitors.returnToLine),
  route(op.explainOrder, service.visitors.explain),
  route(op.getCounterQueue, (input, { actor }) => service.counters.queue(input, actor)),
  route(op.openCounter, (input, { actor }) => service.counters.open(input, actor)),
  route(op.pauseCounter, (input, { actor }) => service.counters.pause(input, actor)),
  route(op.closeCounterForNow, (input, { actor }) => service.counters.close(input, actor)),
  route(op.askForHelp, (input, { actor }) => service.counters.help(input, actor)),
  route(op.callNext, (input, { actor, idempotency }) => service.callNext(input, actor, idempotency)),
  route(op.callTicket, (input, { actor }) => service.callTicket(input, actor)),
  route(op.recallTicket, (input, { actor }) => service.moves.recall(input, actor)),
  route(op.startService, (input, { actor }) => service.moves.start(input, actor)),
  route(op.finishService, (input, { actor }) => service.moves.finish(input, actor)),
  route(op.missTicket, (input, { actor }) => service.moves.miss(input, actor)),
  route(op.undoCall, (input, { actor }) => service.moves.undo(input, actor)),
  route(op.holdTicket, (input, { actor }) => service.moves.hold(input, actor)),
  route(op.resumeTicket, (input, { actor }) => service.moves.resume(input, actor)),
  route(op.transferTicket, (input, { actor }) => service.moves.transfer(input, actor)),
  route(op.confirmPriority, (input, { actor }) => service.moves.confirmPriority(input, actor)),
  route(op.declinePriority, (input, { actor }) => service.moves.declinePriority(input, actor)),
  route(op.tieDossier, (input, { actor }) => service.moves.tieDossier(input, actor)),
  route(op.getFloor, (input, { actor }) => service.floor.floor(input, actor)),
  route(op.listTickets, (input, { actor }) => service.floor.tickets(input, actor)),
  route(op.getFloorSetup, (input, { actor }) => service.setup.setup(input, actor)),
  route(op.addServiceGroup, (input, { actor, idempotency }) => service.setup.add(input, actor, idempotency)),
  route(op.changeServiceGroup, (input, { actor }) => service.setup.change(input, actor)),
  route(op.getBoard, ({ centre }) => service.boards.get(centre)),
  route(op.followBoard, ({ centre, after }, { headers, signal }) =>
    service.boards.follow(centre, header(headers['last-event-id']) ?? after?.toString(), signal),
  ),
  route(op.getHall, service.hall.get),
  route(op.changeHall, (input, { actor }) => service.hall.change(input, actor)),
  route(op.holdAnnouncer, service.hall.announce),
  route(op.getVisitToRate, service.ratings.get),
  route(op.rateVisit, (input, { idempotency }) => service.ratings.rate(input, idempotency)),
  route(op.linkRatingTablet, (input, { actor }) => service.ratings.linkTablet(input, actor)),
  route(op.listHalls, service.waiting.halls),
  route(op.measurePromises, service.waiting.promises),
]
