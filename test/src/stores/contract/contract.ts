import { describeAccessStore } from './accessStore.ts';
import type { Open } from './builders.ts';
import { describeDraftStore } from './draftStore.ts';
import { describeNoticeStore } from './noticeStore.ts';
import { describeNudgeStore } from './nudgeStore.ts';
import { describeOpenRecords } from './openRecords.ts';
import { describeConversationStore, describeKeyStore, describeStores } from './otherStores.ts';
import { describeRecordLists } from './recordLists.ts';
import { describeRecordStore } from './recordStore.ts';
import { describeSearchIndex } from './searchIndex.ts';
import { describeUndecidedCases } from './undecidedCases.ts';

/** What every adapter promises of all its stores. */
export function describeContract(open: Open): void {
  describeAccessStore(open);
  describeDraftStore(open);
  describeRecordStore(open);
  describeOpenRecords(open);
  describeNudgeStore(open);
  describeRecordLists(open);
  describeSearchIndex(open);
  describeNoticeStore(open);
  describeUndecidedCases(open);
  describeKeyStore(open);
  describeConversationStore(open);
  describeStores(open);
}
