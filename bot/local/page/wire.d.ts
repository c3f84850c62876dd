/** What goes between the page and local mode over HTTP, and the one global that the card renderer's script leaves. */

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly jobTitle: string;
  readonly organisation: string;
  readonly teamIds: readonly string[];
  readonly roles: readonly ('practitioner' | 'manager' | 'recordsOfficer')[];
}

export interface Team {
  readonly id: string;
  readonly name: string;
}

export interface PeopleFile {
  readonly people: readonly Person[];
  readonly teams: readonly Team[];
}

/** A chat in the list; `key` is the person's id or the team's. */
export interface Chat {
  readonly kind: 'personal' | 'channel';
  readonly key: string;
}

export interface Refresh {
  readonly action: CardAction;
  readonly userIds?: readonly string[];
}

export interface Card {
  readonly type: string;
  readonly refresh?: Refresh;
}

export interface CardAction {
  readonly type: string;
  readonly id?: string;
  readonly title?: string;
  readonly verb?: string;
  readonly data?: unknown;
}

export interface SuggestedAction {
  readonly title: string;
  readonly value?: unknown;
}

export interface Message {
  readonly id: string;
  readonly chat: Chat;
  readonly threadId?: string;
  readonly sender: 'bot' | 'person';
  readonly personId?: string;
  readonly name: string;
  readonly at: string;
  readonly updatedAt?: string;
  readonly activity: {
    readonly text?: string;
    readonly attachments?: readonly { readonly contentType: string; readonly content?: unknown }[];
    readonly suggestedActions?: { readonly actions?: readonly SuggestedAction[] };
  };
}

export interface ClockReading {
  readonly now: string;
  readonly nextWorkingMorning?: string;
}

export interface GalleryCard {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly card: Card;
}

declare global {
  interface Window {
    readonly AdaptiveCards: typeof import('adaptivecards');
  }
}
