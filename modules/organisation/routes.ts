import { type Route, route } from '#platform/http/route.ts'
import * as op from './contract.ts'
import type { OrganisationService } from './service.ts'

export const createOrganisationRoutes = (service: OrganisationService): Route[] => [
  route(op.listCentres, (input) => service.listCentres(input)),
  route(op.getCentre, (input) => service.getCentre(input)),
  route(op.listCentreStaff, (input) => service.listCentreStaff(input)),
  route(op.listCounters, (input) => service.listCounters(input)),
  route(op.listUnitStaff, (input) => service.listUnitStaff(input)),
  route(op.listUnits, (input) => service.listUnits(input)),
  route(op.getUnit, (input) => service.getUnit(input)),
  route(op.listAdminUnits, (input) => service.listAdminUnits(input)),
  route(op.editUnit, (input, context) => service.editUnit(input, context)),
  route(op.openCounter, (input, context) => service.openCounter(input, context)),
  route(op.closeCounter, (input, context) => service.closeCounter(input, context)),
  route(op.reopenCounter, (input, context) => service.reopenCounter(input, context)),
  route(op.assignCounter, (input, context) => service.assignCounter(input, context)),
  route(op.addStaff, (input, context) => service.addStaff(input, context)),
  route(op.listSecondments, (input, context) => service.listSecondments(input, context)),
  route(op.startSecondment, (input, context) => service.startSecondment(input, context)),
  route(op.endSecondment, (input, context) => service.endSecondment(input, context)),
  route(op.listMandates, (input, context) => service.listMandates(input, context)),
  route(op.giveMandate, (input, context) => service.giveMandate(input, context)),
  route(op.endMandate, (input, context) => service.endMandate(input, context)),
  route(op.listOnSite, (input, context) => service.listOnSite(input, context)),
  route(op.decideOnSite, (input, context) => service.decideOnSite(input, context)),
  route(op.endOnSite, (input, context) => service.endOnSite(input, context)),
  route(op.keepSeal, (input, context) => service.keepSeal(input, context)),
  route(op.giveSealBack, (input, context) => service.giveSealBack(input, context)),
  route(op.importOrganisation, (input, context) => service.importOrganisation(input, context)),
]
