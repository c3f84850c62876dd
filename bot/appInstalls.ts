import type { TokenCredential } from '@azure/identity';
import { z } from 'zod';
import { CodedError } from '../src/errors.ts';
import type { Clock } from '../src/ports.ts';
import { GRAPH, graphClient, TIMEOUT_MS, type GraphClient } from './directory/graphClient.ts';
import { graphTokens } from './directory/graphToken.ts';
import { isConversationId } from './serviceUrls.ts';

/**
 * What became of it. `chat`: the app is there, and this is the chat with it. `soon`: it is there, and its chat is not yet.
 * `notPermitted`: Graph does not let the bot do it. `impossible`: no such person in Teams, or no such app in the catalogue.
 */
export type Installed =
  | { readonly kind: 'chat'; readonly conversationId: string }
  | { readonly kind: 'soon' | 'notPermitted' | 'impossible' };

/** Gives people the app. */
export interface AppInstalls {
  /**
   * Installs the app for one person, if it is not there yet, and finds the chat with it. Three requests at most. May be
   * repeated. Throws `directory.away` or `directory.busy` when Graph cannot be asked: the app may have been installed.
   */
  installFor(personId: string): Promise<Installed>;
}

const PERMISSION = 'TeamsAppInstallation.ReadWriteSelfForUser.All';

const installations = z.array(z.looseObject({ id: z.string().min(1).max(500) }));
const chat = z.looseObject({ id: z.string().refine(isConversationId) });

/**
 * Installs through Microsoft Graph. `teamsAppId` is the id of the app in the organisation's catalogue, which is not that
 * in the manifest.
 * Source: issue “In a real tenant”, 4; Microsoft, Proactively install your bot for users using Microsoft Graph.
 */
export function appInstalls(graph: GraphClient, teamsAppId: string): AppInstalls {
  async function install(place: string): Promise<Installed> {
    // What it is bound to names Graph itself, wherever the request goes.
    const app = { 'teamsApp@odata.bind': `${GRAPH}appCatalogs/teamsApps/${teamsAppId}` };
    if ((await graph.post(place, app, PERMISSION)) === 'absent') return { kind: 'impossible' };
    const filter = encodeURIComponent(`teamsApp/id eq '${teamsAppId}'`);
    const found = await graph.list(`${place}?$expand=teamsApp&$filter=${filter}`, PERMISSION);
    const read = installations.safeParse(found ?? []);
    const [only] = read.success ? read.data : [];
    if (only === undefined) return { kind: 'soon' };
    const opened = chat.safeParse(await graph.get(`${place}/${encodeURIComponent(only.id)}/chat`, PERMISSION));
    return opened.success ? { kind: 'chat', conversationId: opened.data.id } : { kind: 'soon' };
  }

  return {
    async installFor(personId) {
      if (!z.guid().safeParse(personId).success) return { kind: 'impossible' };
      try {
        return await install(`users/${personId}/teamwork/installedApps`);
      } catch (error) {
        if (error instanceof CodedError && error.code === 'directory.refused') return { kind: 'notPermitted' };
        throw error;
      }
    },
  };
}

/**
 * Wires it. Its requests wait for their own throttling only: that of Teams in Graph is no reason not to ask the directory.
 * Tests give a loopback address; nothing else does.
 */
export function openAppInstalls(parts: {
  readonly teamsAppId: string;
  readonly credential: TokenCredential;
  readonly clock: Clock;
  readonly wait: (durationMs: number) => Promise<void>;
  readonly baseUrl?: string;
}): AppInstalls {
  const { teamsAppId, credential, clock, wait, baseUrl } = parts;
  const tokens = graphTokens(credential, clock, INSTALL_MS);
  const address = baseUrl === undefined ? {} : { baseUrl };
  return appInstalls(graphClient({ tokens, clock, wait, timeoutMs: INSTALL_MS, ...address }), teamsAppId);
}

/** Nobody waits for it, and Teams takes its time. */
const INSTALL_MS = 5 * TIMEOUT_MS;
