import { conversationRoutes } from "./conversations/rest.ts";
import { participantConversationRoutes } from "./participant-conversations/rest.ts";
import { participantRoutes } from "./participants/rest.ts";
import type { Route } from "./rest/route.ts";
import { serviceRoutes } from "./services/rest.ts";
import { userConversationRoutes } from "./user-conversations/rest.ts";
import { userRoutes } from "./users/rest.ts";

/** Every operation of v1. */
export const routes: readonly Route[] = [
  ...conversationRoutes,
  ...participantRoutes,
  ...userRoutes,
  ...userConversationRoutes,
  ...participantConversationRoutes,
  ...serviceRoutes,
];
