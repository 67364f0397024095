import type { Context } from "../../context.ts";
import { notFound } from "../../core/errors.ts";
import type { Tx } from "../../db/client.ts";
import type { Participant } from "../model.ts";
import { recount } from "./model.ts";
import { lockParticipant, updateReading, updateReadingInInbox } from "./queries.ts";

type Locked = Awaited<ReturnType<typeof lockParticipant>>[number];
type Entry = Locked["entry"];
type Reading = Pick<Participant, "lastReadMessageIndex" | "lastReadTimestamp" | "notificationLevel">;

/**
 * Changes how far a participant has read and what it is notified of, in every state.
 *
 * @param change is told the index of the newest message, too; null where everything is to stay as it is
 * @throws ApiError NOT_FOUND
 */
export async function saveReading(
  ctx: Context,
  sid: string,
  change: (current: Participant, newestMessageIndex: number | null) => Reading | null,
): Promise<Participant> {
  const { accountSid, now } = ctx;
  const { participant, entry } = await ctx.db.transaction(async (tx) => {
    const locked = await lockedParticipant(tx, { accountSid, sid });
    const reading = change(locked.participant, locked.entry.newestMessageIndex);
    if (reading === null) return locked;
    const [participant] = await updateReading(tx, { accountSid, sid, ...reading, dateUpdated: now });
    return { participant: participant!, entry: await keepInInbox(tx, locked, participant!) };
  });
  ctx.loaders.clearAll();
  ctx.loaders.inbox.prime([entry]);
  return participant;
}

/** Locks the participant and its inbox row. @throws ApiError NOT_FOUND */
export async function lockedParticipant(tx: Tx, key: { accountSid: string; sid: string }): Promise<Locked> {
  const [locked] = await lockParticipant(tx, key);
  if (!locked) throw notFound("Participant");
  return locked;
}

/** Copies to the locked inbox row what it needs to know of a changed participant, and counts anew what is unread. */
export async function keepInInbox(tx: Tx, locked: Locked, participant: Participant): Promise<Entry> {
  const { accountSid, conversationSid, sid: participantSid, lastReadMessageIndex } = participant;
  const { participant: before, entry } = locked;
  const isSame =
    before.lastReadMessageIndex === lastReadMessageIndex &&
    before.notificationLevel === participant.notificationLevel;
  if (isSame) return entry;
  const [kept] = await updateReadingInInbox(tx, {
    accountSid,
    conversationSid,
    participantSid,
    lastReadMessageIndex,
    muted: participant.notificationLevel === "muted",
    ...recount(entry, lastReadMessageIndex),
  });
  return kept!;
}
