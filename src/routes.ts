import { configurationRoutes } from "./accounts/rest.ts";
import { conversationWithParticipantsRoutes } from "./conversation-with-participants/rest.ts";
import { conversationRoutes } from "./conversations/rest.ts";
import { messageRoutes } from "./messages/rest.ts";
import { participantConversationRoutes } from "./participant-conversations/rest.ts";
import { participantRoutes } from "./participants/rest.ts";
import type { Route } from "./rest/route.ts";
import { roleRoutes } from "./roles/rest.ts";
import { serviceRoutes } from "./services/rest.ts";
import { userConversationRoutes } from "./user-conversations/rest.ts";
import { userRoutes } from "./users/rest.ts";

/** Every operation of v1. */
export const routes: readonly Route[] = [
  ...conversationRoutes,
  ...conversationWithParticipantsRoutes,
  ...participantRoutes,
  ...messageRoutes,
  ...userRoutes,
  ...userConversationRoutes,
  ...participantConversationRoutes,
  ...serviceRoutes,
  ...roleRoutes,
  ...configurationRoutes,
];
