/** Where Teams has its connector. Source: platform-facts, "botbuilder". */
export const TEAMS_HOST = 'smba.trafficmanager.net';

/** Where a chat is opened with somebody who has never written to the bot. */
export const TEAMS_SERVICE_URL = `https://${TEAMS_HOST}/teams/`;

/** Says whether the bot may speak to an address, and be spoken to from it. */
export type IsAllowedUrl = (url: string) => boolean;

/**
 * Allows https to Teams and to the hosts named, which are plain names in lower case, and nothing else. The text itself
 * must name the host: what a parser of addresses would first have to mend – capitals, backslashes, a port, a user, a
 * trailing dot, another script – is refused.
 * Source: issue “In a real tenant”, 1 and 2.
 */
export function teamsUrls(moreHosts: readonly string[] = []): IsAllowedUrl {
  const hosts = new Set([TEAMS_HOST, ...moreHosts]);
  return (url) => {
    const named = PLAIN_ADDRESS.exec(url)?.[1];
    return named !== undefined && hosts.has(named) && URL.canParse(url) && new URL(url).host === named;
  };
}

const PLAIN_ADDRESS = /^https:\/\/([a-z0-9.-]{1,253})(?:\/[!$-.0-;=?-Z_a-z~/]*)?$/u;

/** True for an address that never leaves this machine. */
export function isLoopbackUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  return (
    protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname) && username === '' && password === ''
  );
}

const CONVERSATION_ID = /^[a-z0-9]{1,8}:[\w.@;:=+,-]{1,500}$/iu;

/** True for what Teams names a conversation by: it becomes part of an address, so nothing in it may lead elsewhere. */
export function isConversationId(id: unknown): id is string {
  return typeof id === 'string' && CONVERSATION_ID.test(id);
}
