import "./accounts/graphql.ts";
import "./services/graphql.ts";
import "./roles/graphql.ts";
import "./users/graphql.ts";
import "./conversations/graphql.ts";
import "./conversations/ensuring/graphql.ts";
import "./participants/graphql.ts";
import "./participants/joining/graphql.ts";
import "./participants/bulk/graphql.ts";
import "./inbox/graphql.ts";
import "./messages/graphql.ts";
import "./messages/writing/graphql.ts";
import "./participant-conversations/graphql.ts";
import "./user-conversations/graphql.ts";
import "./user-conversations/reading/graphql.ts";
import "./conversation-with-participants/graphql.ts";
import { builder } from "./graphql/builder.ts";

export const schema = builder.toSchema();
