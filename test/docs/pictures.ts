/** A picture of a sample card. The card of a long record is shown in part: whole blocks, never half a line. */
export interface Picture {
  /** The id of the sample. */
  readonly sample: string;
  /** The first block under the heading that is shown, by a text in it; the first one of all when it is left out. */
  readonly from?: string;
  /** The last block that is shown, by a text in it; the buttons at the foot are left out then, too. */
  readonly to?: string;
}

/** The picture of the whole page: its name, and what is answered on the card in it. */
export const CONVERSATION = {
  name: 'record-share',
  answers: [
    ['Who received it?', 'Nia Practice'],
    ['Their job title', 'Health visitor'],
    ['Their organisation', 'Exampleshire Health Visiting'],
    ['Their telephone number', '01632 960 101'],
  ],
} as const;

/** The pictures of the guides by the name of their file in `docs/images/`. */
export const PICTURES: Readonly<Record<string, Picture>> = {
  welcome: { sample: 'stored-welcome' },
  'share-contact': { sample: 'spoken-contact' },
  'share-problem': { sample: 'without-contact-empty' },
  'share-urgent': { sample: 'urgent-urgent' },
  check: { sample: 'check-notes', from: 'Before you sign' },
  receipt: { sample: 'receipt-one' },
  drafts: { sample: 'stored-drafts-one' },
  'daily-card': { sample: 'stored-nudge' },
  'own-list': { sample: 'digest-own' },
  record: { sample: 'record-keep', to: 'By hand, through the school' },
  nothing: { sample: 'nothing' },
  'urgent-access': { sample: 'stored-urgent-access' },
  'search-found': { sample: 'search-last' },
  unsure: { sample: 'fault-unsure-signed' },
  'manager-daily-card': { sample: 'stored-nudge-manager' },
  'manager-list': { sample: 'digest' },
  close: { sample: 'close' },
  endorse: { sample: 'record-to-confirm', from: 'Signed' },
  overview: { sample: 'stored-overview' },
  restriction: { sample: 'restriction-asked' },
  summary: { sample: 'summary', to: 'Open SL-7QK2M9X1' },
  'channel-counts': { sample: 'stored-channel' },
  'who-asked': { sample: 'urgent-shown' },
  unlinked: { sample: 'list-unlinked-3' },
  'access-log': { sample: 'log-case-last' },
  'much-looked-up': { sample: 'stored-told-muchLookedUp' },
  history: { sample: 'history-2' },
  'basis-list': { sample: 'digest-basis' },
};
