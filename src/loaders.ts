import { type ConversationLoaders, conversationLoaders } from "./conversations/loaders.ts";
import type { Scope } from "./db/scope.ts";
import { type InboxLoaders, inboxLoaders } from "./inbox/loaders.ts";
import { type MessageLoaders, messageLoaders } from "./messages/loaders.ts";
import { type ParticipantLoaders, participantLoaders } from "./participants/loaders.ts";
import { type RoleLoaders, roleLoaders } from "./roles/loaders.ts";
import { type ServiceLoaders, serviceLoaders } from "./services/loaders.ts";
import { type UserConversationLoaders, userConversationLoaders } from "./user-conversations/loaders.ts";
import { type UserLoaders, userLoaders } from "./users/loaders.ts";

/** Each is made when it is first asked for: most requests need few of them. */
export class Loaders {
  readonly #scope: Scope;
  #services: ServiceLoaders | undefined;
  #roles: RoleLoaders | undefined;
  #users: UserLoaders | undefined;
  #conversations: ConversationLoaders | undefined;
  #participants: ParticipantLoaders | undefined;
  #inbox: InboxLoaders | undefined;
  #messages: MessageLoaders | undefined;
  #userConversations: UserConversationLoaders | undefined;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  get services(): ServiceLoaders {
    this.#services ??= serviceLoaders(this.#scope);
    return this.#services;
  }

  get roles(): RoleLoaders {
    this.#roles ??= roleLoaders(this.#scope);
    return this.#roles;
  }

  get users(): UserLoaders {
    this.#users ??= userLoaders(this.#scope);
    return this.#users;
  }

  get conversations(): ConversationLoaders {
    this.#conversations ??= conversationLoaders(this.#scope);
    return this.#conversations;
  }

  get participants(): ParticipantLoaders {
    this.#participants ??= participantLoaders(this.#scope);
    return this.#participants;
  }

  get inbox(): InboxLoaders {
    this.#inbox ??= inboxLoaders(this.#scope);
    return this.#inbox;
  }

  get messages(): MessageLoaders {
    this.#messages ??= messageLoaders(this.#scope);
    return this.#messages;
  }

  get userConversations(): UserConversationLoaders {
    this.#userConversations ??= userConversationLoaders(this.#scope, this.inbox);
    return this.#userConversations;
  }

  /** After every write: what was read before it may be stale. */
  clearAll(): void {
    const made = [
      this.#services,
      this.#roles,
      this.#users,
      this.#conversations,
      this.#participants,
      this.#inbox,
      this.#messages,
      this.#userConversations,
    ];
    for (const loaders of made) loaders?.clearAll();
  }
}
