import type { AccessStore } from './accessLogPorts.ts';
import type { CaseStore } from './casePorts.ts';
import type { KeyStore } from './keyPorts.ts';
import type { NoticeStore } from './noticePorts.ts';
import type { NudgeStore, OpenRecords } from './nudgePorts.ts';
import type { ConversationStore, DraftStore, RecordStore } from './ports.ts';
import type { SearchIndex } from './searchPorts.ts';

/** All that a store adapter offers. */
export interface Stores {
  readonly drafts: DraftStore;
  readonly records: RecordStore;
  readonly cases: CaseStore;
  readonly access: AccessStore;
  readonly conversations: ConversationStore;
  readonly notices: NoticeStore;
  readonly nudges: NudgeStore;
  readonly open: OpenRecords;
  readonly search: SearchIndex;
  readonly storeKey: KeyStore;
  /** Reads a row; rejects when the store cannot be used. */
  check(): Promise<void>;
  close(): Promise<void>;
}
