import "./accounts/graphql.ts";
import "./services/graphql.ts";
import "./roles/graphql.ts";
import "./users/graphql.ts";
import "./conversations/graphql.ts";
import "./participants/graphql.ts";
import "./participant-conversations/graphql.ts";
import "./user-conversations/graphql.ts";
import { builder } from "./graphql/builder.ts";

export const schema = builder.toSchema();
