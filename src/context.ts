import type { Logger } from "pino";
import type { Actor, Credentials } from "./auth/credentials.ts";
import { type ConversationLoaders, conversationLoaders } from "./conversations/loaders.ts";
import type { Cursors } from "./core/cursor.ts";
import type { Instant } from "./core/instant.ts";
import type { SidSource } from "./core/sid.ts";
import type { Db } from "./db/client.ts";
import type { Scope } from "./db/scope.ts";
import { type ParticipantLoaders, participantLoaders } from "./participants/loaders.ts";
import { type RoleLoaders, roleLoaders } from "./roles/loaders.ts";
import { type ServiceLoaders, serviceLoaders } from "./services/loaders.ts";
import { type UserConversationLoaders, userConversationLoaders } from "./user-conversations/loaders.ts";
import { type UserLoaders, userLoaders } from "./users/loaders.ts";

/** Made once, at start. */
export interface Deps {
  readonly db: Db;
  readonly log: Logger;
  readonly cursors: Cursors;
  readonly credentials: Credentials;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly newSid: SidSource;
  /** Origin of every URL that is emitted, without a slash at its end. */
  readonly publicUrl: string;
  /** Other origins whose pages may call us. */
  readonly allowedOrigins: readonly string[];
  /** How the GraphiQL page is served; null: not at all. */
  readonly graphiql: GraphiqlSettings | null;
}

export interface GraphiqlSettings {
  /** What the page is filled with when it is asked for by a name of the loopback; only an embedded server has it. */
  readonly credentials: { readonly username: string; readonly password: string } | null;
}

interface Loaders {
  readonly services: ServiceLoaders;
  readonly roles: RoleLoaders;
  readonly users: UserLoaders;
  readonly conversations: ConversationLoaders;
  readonly participants: ParticipantLoaders;
  readonly userConversations: UserConversationLoaders;
  /** After every write: what was read before it may be stale. */
  clearAll(): void;
}

/** Made anew for each request; its loaders remember what the request has read, and nothing else ever does. */
export interface Context extends Scope {
  readonly actor: Actor;
  readonly log: Logger;
  readonly cursors: Cursors;
  readonly newSid: SidSource;
  readonly publicUrl: string;
  readonly loaders: Loaders;
  /** The moment it is asked, where `now` is the moment of the request: a lock may be waited for in between. */
  readonly clock: () => Instant;
}

export function createContext(deps: Deps, actor: Actor, log: Logger = deps.log): Context {
  const { db, cursors, newSid, publicUrl } = deps;
  const scope: Scope = { db, accountSid: actor.accountSid, now: new Date(deps.clock()).toISOString() };
  const each = {
    services: serviceLoaders(scope),
    roles: roleLoaders(scope),
    users: userLoaders(scope),
    conversations: conversationLoaders(scope),
    participants: participantLoaders(scope),
    userConversations: userConversationLoaders(scope),
  };
  const loaders: Loaders = {
    ...each,
    clearAll() {
      for (const loader of Object.values(each)) loader.clearAll();
    },
  };
  const clock = () => new Date(deps.clock()).toISOString();
  return { ...scope, clock, actor, log, cursors, newSid, publicUrl, loaders };
}
