import { CodedError } from '../../src/errors.ts';
import type { Stores } from '../../src/storePorts.ts';

/** Which call to the store fails, counted from 1, and whether it fails before or after it has taken effect. */
export interface Fault {
  readonly at: number;
  readonly when: 'before' | 'after';
}

export interface FaultyStores {
  readonly wrap: (stores: Stores) => Stores;
  /** Calls made so far. */
  calls(): number;
}

/** Puts a counter between the bot and its store, which makes one call fail. */
export function faultyStores(fault: Fault): FaultyStores {
  let calls = 0;
  const through = async <T>(call: () => Promise<T>): Promise<T> => {
    calls += 1;
    const fails = calls === fault.at;
    if (fails && fault.when === 'before') throw new CodedError('store.fault', 'made to fail before');
    const result = await call();
    if (fails) throw new CodedError('store.fault', 'made to fail after');
    return result;
  };
  return {
    calls: () => calls,
    wrap: ({ drafts, records, cases, access, notices, nudges, open, ...rest }) => ({
      ...rest,
      drafts: {
        create: (draft) => through(() => drafts.create(draft)),
        save: (draft) => through(() => drafts.save(draft)),
        read: (person, id) => through(() => drafts.read(person, id)),
        unfinished: (person) => through(() => drafts.unfinished(person)),
        committing: (limit) => through(() => drafts.committing(limit)),
        countOpen: () => through(() => drafts.countOpen()),
        touchedBefore: (instant, limit) => through(() => drafts.touchedBefore(instant, limit)),
        discard: (person, id, revision) => through(() => drafts.discard(person, id, revision)),
      },
      records: {
        caseKeyFor: (alias, version, key) => through(() => records.caseKeyFor(alias, version, key)),
        findCaseKey: (alias) => through(() => records.findCaseKey(alias)),
        reserveNumber: (reservation) => through(() => records.reserveNumber(reservation)),
        byNumber: (number) => through(() => records.byNumber(number)),
        head: (key) => through(() => records.head(key)),
        commit: (wanted) => through(() => records.commit(wanted)),
        version: (key, id, version) => through(() => records.version(key, id, version)),
        latest: (key, id) => through(() => records.latest(key, id)),
        chainOf: (key, id, version) => through(() => records.chainOf(key, id, version)),
        wording: (hash) => through(() => records.wording(hash)),
        versions: (key, id) => through(() => records.versions(key, id)),
        linkInto: (key, id, home) => through(() => records.linkInto(key, id, home)),
        caseFile: (key) => through(() => records.caseFile(key)),
        byAuthor: (author, page) => through(() => records.byAuthor(author, page)),
        toBeCompleted: (of, limit) => through(() => records.toBeCompleted(of, limit)),
        unlinked: (page) => through(() => records.unlinked(page)),
        headersOfTeam: (team, since, page) => through(() => records.headersOfTeam(team, since, page)),
      },
      cases: {
        read: (key) => through(() => cases.read(key)),
        has: (key) => through(() => cases.has(key)),
        save: (stored) => through(() => cases.save(stored)),
        grant: (grant) => through(() => cases.grant(grant)),
        grantById: (id) => through(() => cases.grantById(id)),
        grantsOf: (person, key, at) => through(() => cases.grantsOf(person, key, at)),
        undecided: (limit) => through(() => cases.undecided(limit)),
      },
      access: {
        appendBatch: (entries) => through(() => access.appendBatch(entries)),
        latestChain: () => through(() => access.latestChain()),
        about: (subjects, page) => through(() => access.about(subjects, page)),
        by: (person, page) => through(() => access.by(person, page)),
        tally: (person, from) => through(() => access.tally(person, from)),
      },
      notices: {
        queue: (wanted) => through(() => notices.queue(wanted)),
        pending: (limit) => through(() => notices.pending(limit)),
        about: (about) => through(() => notices.about(about)),
        claim: (notice) => through(() => notices.claim(notice)),
        settle: (id, how) => through(() => notices.settle(id, how)),
      },
      nudges: {
        create: (nudge) => through(() => nudges.create(nudge)),
        save: (nudge) => through(() => nudges.save(nudge)),
        read: (person, date) => through(() => nudges.read(person, date)),
        ofDay: (date) => through(() => nudges.ofDay(date)),
        latest: (limit) => through(() => nudges.latest(limit)),
        latestOf: (person, limit) => through(() => nudges.latestOf(person, limit)),
        item: (id, kind) => through(() => nudges.item(id, kind)),
        items: (ids) => through(() => nudges.items(ids)),
        saveItem: (item) => through(() => nudges.saveItem(item)),
        saveDeputy: (deputy) => through(() => nudges.saveDeputy(deputy)),
        deputies: (day) => through(() => nudges.deputies(day)),
        setReachable: (person, isReachable) => through(() => nudges.setReachable(person, isReachable)),
        unreachable: () => through(() => nudges.unreachable()),
      },
      open: {
        due: (until, page) => through(() => open.due(until, page)),
        one: (of) => through(() => open.one(of)),
        openOf: (of, limit) => through(() => open.openOf(of, limit)),
      },
    }),
  };
}
