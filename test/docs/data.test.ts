import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { prepareSchema } from '../../src/stores/sqlite/schema.ts';
import { pageAt } from './pages.ts';

/** Of each table, how docs/data.md begins to tell of it. */
const TOLD_AS: Readonly<Record<string, string>> = {
  meta: '- **The store itself**',
  drafts: '- **Drafts**',
  wordings: '- **Wordings**',
  versions: '- **Header of each version**',
  versionKeys: '| the key of each version',
  openRecords: '- **Open records**',
  chain: '- **Chain entry**',
  heads: '- **Head of each case file**',
  numbers: '- **Numbers and links**',
  links: '- **Numbers and links**',
  aliases: '- **Aliases**',
  cases: '- **Cases**',
  caseTeams: '- **Cases**',
  searchKeys: '- **What a search looks through**',
  grants: '- **Urgent access**',
  accessLog: '- **Access log**',
  accessSubjects: 'which entries are about',
  conversations: '- **Conversations**',
  notices: '- **Notices**',
  nudges: '- **Daily cards**',
  itemStates: '- **Open items**',
  deputies: '- **Deputies**',
  unreachable: '- **Out of reach**',
};

describe('the page on what stands in the data', () => {
  it('tells of every table of the store, and of no other', () => {
    const db = new DatabaseSync(':memory:');
    try {
      prepareSchema(db, '7d1f2c40-0000-4000-8000-5a1e00000001');
      const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
      assert.deepEqual(Object.keys(TOLD_AS).toSorted(), tables.map(({ name }) => name).toSorted()); // prettier-ignore
    } finally {
      db.close();
    }
    const { text } = pageAt('docs/data.md');
    assert.deepEqual(Object.values(TOLD_AS).filter((words) => !text.includes(words)), []); // prettier-ignore
  });
});
