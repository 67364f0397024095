import { createKnown, type Known } from "./known.ts";
import type { Send } from "./requests.ts";

/** A few of everything, made through v1, so that what is generated has something to reach. */
export async function somethingKnown(send: Send): Promise<Known> {
  const known = createKnown();
  const make = async (path: string, fields: Record<string, string>) => {
    const { status, text } = await send({
      method: "POST",
      path,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(fields).toString(),
    });
    if (status !== 201) throw new Error(`could not make something of ${path}: ${status} ${text}`);
    const body = JSON.parse(text);
    known.learn(body);
    return body;
  };
  const service = await make("/v1/Services", { FriendlyName: "Another" });
  for (const base of ["/v1", `/v1/Services/${service.sid}`]) {
    for (let at = 0; at < 10; at++) {
      const conversation = await make(`${base}/Conversations`, { UniqueName: `unique-${at}` });
      const path = `${base}/Conversations/${conversation.sid}`;
      await make(`${path}/Participants`, { Identity: `user-${at}` });
      await make(`${path}/Participants`, {
        "MessagingBinding.Address": `+1555867${base.length}${at}`,
        "MessagingBinding.ProxyAddress": "+15017122661",
      });
      for (const body of ["hello", "again"])
        await make(`${path}/Messages`, { Author: `user-${at}`, Body: body });
    }
    await make(`${base}/Roles`, { FriendlyName: "Mine", Type: "conversation", Permission: "sendMessage" });
    for (const path of ["Users", "Roles"]) {
      const { text } = await send({ method: "GET", path: `${base}/${path}`, headers: {} });
      known.learn(JSON.parse(text));
    }
  }
  return known;
}
