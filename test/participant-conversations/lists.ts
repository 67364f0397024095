import { expect } from "vitest";
import { binding, type Resource, type Seed } from "../setup/seed.ts";

export const ADDRESS = "+15550000001";

/** The lists of what Ann takes part in: by her identity, by her address, as a user. */
export const LISTS = {
  "Query.participantConversations of an identity": {
    field: `list: participantConversations(identity: "ann", ARGS) { PAGE }`,
    of: (data: Resource) => data.list,
  },
  "Query.participantConversations of an address": {
    field: `list: participantConversations(address: "${ADDRESS}", ARGS) { PAGE }`,
    of: (data: Resource) => data.list,
  },
  "User.conversations": {
    field: `user(sid: "ann") { list: conversations(ARGS) { PAGE } }`,
    of: (data: Resource) => data.user.list,
  },
};

export type List = (typeof LISTS)[keyof typeof LISTS];

export const ORDERS = ["SID", "LAST_ACTIVITY", "DATE_CREATED"] as const;

const PAGE =
  "totalCount nodes { conversation { uniqueName } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";

/** The answer to a list with arguments. */
export function asker({ graphql }: Seed, { field }: List) {
  return (args: string) => graphql(`{ ${field.replace("ARGS", args).replace("PAGE", PAGE)} }`);
}

/** Reads pages of a list, and tells its conversations by their unique names. */
export function reader(seed: Seed, list: List) {
  const ask = asker(seed, list);
  return async (args: string) => {
    const { body } = await ask(args);
    expect(body.errors).toBeUndefined();
    const page = list.of(body.data);
    return { ...page, names: page.nodes.map((node: Resource) => node.conversation.uniqueName).join("") };
  };
}

let proxies = 0;

/** Ann joins a conversation, by chat and by messaging. */
export async function joinAsAnn({ participant }: Seed, room: Resource): Promise<Resource[]> {
  return [
    await participant(room, { Identity: "ann" }),
    await participant(room, binding(ADDRESS, `+1556${1_000_000 + proxies++}`)),
  ];
}
