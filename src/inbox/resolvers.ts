import type { Context } from "../context.ts";
import type { Tx } from "../db/client.ts";
import { inParts } from "../db/parts.ts";
import type { LightParticipant } from "../participants/model.ts";
import type { User } from "../users/model.ts";
import { getUser } from "../users/resolvers.ts";
import { lockInInbox, lockUnreadOfUser, markReadInInbox, markReadOfParticipants } from "./queries.ts";

/**
 * Messages above the participant's read horizon, exactly; null while there is none (decision 16). One statement for all
 * participants asked for in a turn, none for those whose page brought it along.
 */
export async function unreadCountOf(ctx: Context, participant: LightParticipant): Promise<number | null> {
  const entry = await ctx.loaders.inbox.of(participant);
  return entry?.unreadCount ?? null;
}

/** Conversations marked in one transaction; few users have something unread in more. */
const MARKED_AT_ONCE = 1000;

/**
 * Moves the user's horizon to the newest message in each conversation where that is above it. Up to 1,000 conversations
 * are one transaction; where a later one fails, those before it stay marked, in a transaction that is open already, too.
 * A user with 20,000 takes two seconds, and 60 ms when there is nothing to mark.
 *
 * @returns the user, and how many conversations were marked
 * @throws ApiError NOT_FOUND
 */
export async function markAllRead(
  ctx: Context,
  key: { serviceSid?: string | null; user: string },
): Promise<{ user: User; count: number }> {
  const user = await getUser(ctx, key);
  const done = (ctx.db.nested && ctx.ahead.get(user.sid)) || { after: "", count: 0 };
  ctx.ahead.set(user.sid, done);
  let part: Marked = { count: 0, next: undefined };
  const count = await inParts(
    ctx.db,
    async (tx) => {
      part = await markSomeRead(tx, ctx, user, done.after);
      return part.next === undefined ? done.count + part.count : null;
    },
    () => {
      done.count += part.count;
      done.after = part.next!;
    },
  );
  ctx.loaders.clearAll();
  return { user, count };
}

/** How many were marked, and after which conversation there may be more. */
interface Marked {
  readonly count: number;
  readonly next: string | undefined;
}

async function markSomeRead(tx: Tx, ctx: Context, user: User, after: string): Promise<Marked> {
  const { accountSid, now } = ctx;
  const own = { accountSid, userSid: user.sid, after, limit: MARKED_AT_ONCE };
  const locked = await lockUnreadOfUser(tx, own);
  const next = locked.length < MARKED_AT_ONCE ? undefined : locked.at(-1)!.conversationSid;
  if (locked.length === 0) return { count: 0, next };
  const rows = {
    accountSid,
    conversationSids: locked.map((row) => row.conversationSid),
    participantSids: locked.map((row) => row.participantSid),
  };
  await lockInInbox(tx, rows);
  const read = await markReadInInbox(tx, rows);
  const sids = read.map((row) => row.participantSid);
  const indexes = read.map((row) => row.index);
  await markReadOfParticipants(tx, { accountSid, sids, indexes, now });
  return { count: read.length, next };
}
