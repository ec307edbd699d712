import { type Route, route } from '#platform/http/route.ts'
import * as contract from './contract.ts'
import type { CalendarService } from './service.ts'

export const createCalendarRoutes = (service: CalendarService): Route[] => [
  route(contract.computeDeadline, (input) => service.computeDeadline(input)),
  route(contract.showYear, (input) => service.showYear(input)),
  route(contract.listExceptions, (input, { actor }) => service.listExceptions(input, actor)),
  route(contract.addException, (input, { actor }) => service.addException(input, actor)),
  route(contract.changeException, (input, { actor }) => service.changeException(input, actor)),
  route(contract.removeException, (input, { actor }) => service.removeException(input, actor)),
  route(contract.adoptCandidate, (input, { actor }) => service.adoptCandidate(input, actor)),
  route(contract.publishYear, (input, { actor }) => service.publishYear(input, actor)),
  route(contract.setWorkingHours, (input, { actor }) => service.setWorkingHours(input, actor)),
  route(contract.listParameters, (input, { actor }) => service.listParameters(input, actor)),
  route(contract.proposeParameterValue, (input, { actor }) => service.proposeParameterValue(input, actor)),
  route(contract.approveParameterValue, (input, { actor }) => service.approveParameterValue(input, actor)),
  route(contract.withdrawParameterValue, (input, { actor }) => service.withdrawParameterValue(input, actor)),
  route(contract.importYears, (input, { actor }) => service.importYears(input, actor)),
]
