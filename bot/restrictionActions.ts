import { z } from 'zod';
import type { Card } from '../cards/elements.ts';
import { nothingCard } from '../cards/noticeCards.ts';
import { liftedCard, restrictionCard } from '../cards/restrictionCards.ts';
import { openAsked } from '../src/asked.ts';
import { readRecordNumber } from '../src/ids.ts';
import type { Person } from '../src/people.ts';
import {
  addNamed,
  liftRestriction,
  openRestriction,
  removeNamed,
  setRestriction,
  type Press,
  type Restricted,
} from '../src/restricting.ts';
import type { CaseAsked } from '../src/findingCase.ts';
import type { Services } from './services.ts';

const token = z
  .string()
  .max(1_000)
  .regex(/^[\w-]+$/u);

/** A case, by a sealed reference or by a record of it. */
const caseData = z.union([z.object({ asked: token }), z.object({ number: z.string().max(20) })]);
const press = z.looseObject({ revision: z.number().int().min(1) });
const text = z.string().max(4_000).default('');

type RestrictionHandler = (services: Services, person: Person, data: unknown) => Promise<{ readonly card: Card }>;

/** The presses on who may see a case. */
export const RESTRICTION_HANDLERS: Readonly<Record<string, RestrictionHandler>> = {
  'restriction.open': (services, person, data) =>
    answered(services, person, data, ({ asked }) => openRestriction(services.opening, person, asked)),
  'restriction.set': (services, person, data) => pressed(services, person, data, setRestriction),
  'restriction.lift': (services, person, data) => pressed(services, person, data, liftRestriction),
  'restriction.add': (services, person, data) => {
    const { name } = z.looseObject({ name: text }).parse(data);
    const add = (deps: Services['opening'], who: Person, at: Press) => addNamed(deps, who, { ...at, name });
    return pressed(services, person, data, add, name);
  },
  'restriction.remove': (services, person, data) => {
    const { personId } = z.looseObject({ personId: text }).parse(data);
    const remove = (deps: Services['opening'], who: Person, at: Press) => removeNamed(deps, who, { ...at, personId });
    return pressed(services, person, data, remove);
  },
};

function pressed(
  services: Services,
  person: Person,
  data: unknown,
  run: (deps: Services['opening'], person: Person, at: Press) => Promise<Restricted>,
  typedName?: string,
) {
  const { revision } = press.parse(data);
  return answered(services, person, data, ({ asked }) => run(services.opening, person, { asked, revision }), typedName);
}

async function answered(
  services: Services,
  person: Person,
  data: unknown,
  run: (at: { readonly asked: CaseAsked }) => Promise<Restricted>,
  typedName?: string,
) {
  const named = caseData.parse(data);
  const asked = caseAskedBy(services, person, named);
  const shown = asked === undefined ? undefined : await run({ asked });
  if (shown === undefined || shown.kind === 'nothing') return { card: nothingCard() };
  if (shown.kind === 'lifted') return { card: liftedCard() };
  // What was typed comes back where it did not do.
  return { card: restrictionCard(shown, named, shown.problem === undefined ? '' : typedName) };
}

/** The case that a button names; `undefined` when its token is somebody else's, or older than the keys. */
function caseAskedBy({ keys }: Services, person: Person, data: z.infer<typeof caseData>): CaseAsked | undefined {
  if (!('asked' in data)) return { number: readRecordNumber(data.number) ?? 'SL-none' };
  const typed = openAsked(keys, person.id, data.asked);
  return typed === undefined ? undefined : caseTyped(typed);
}

/** A case as it was typed: by its reference, or by the number of a record, for a record without a case has nothing else. */
export function caseTyped(typed: string): CaseAsked {
  const number = /^sl\b/iu.test(typed) ? readRecordNumber(typed) : undefined;
  return number === undefined ? { reference: typed } : { number };
}
