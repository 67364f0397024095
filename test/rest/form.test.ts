import { beforeAll, describe, expect, it } from "vitest";
import { openRest, type RestClient } from "./client.ts";

let rest: RestClient;
beforeAll(async () => {
  rest = await openRest();
});

const FORM = "application/x-www-form-urlencoded";
const unique = () => crypto.randomUUID();

describe("form-encoded body", () => {
  it("is decoded once, as UTF-8, a plus being a space", async () => {
    const { body } = await rest.postRaw(
      "/v1/Users",
      `Identity=${unique()}&FriendlyName=a+b%2Bc%252F+%C3%A9%F0%9F%99%82`,
    );
    expect(body.friendly_name).toBe("a b+c%2F é🙂");
  });

  it("may hold UTF-8 without escapes", async () => {
    const { body } = await rest.postRaw("/v1/Users", `FriendlyName=é🙂&Identity=${unique()}`);
    expect(body.friendly_name).toBe("é🙂");
  });

  it("takes dotted names literally", async () => {
    const { sid } = (await rest.post("/v1/Conversations")).body;
    const { body } = await rest.postRaw(
      `/v1/Conversations/${sid}/Participants`,
      "MessagingBinding.Address=%2B15558675310&MessagingBinding%2EProxyAddress=%2B15017122661",
    );
    expect(body.messaging_binding).toEqual({
      type: "sms",
      address: "+15558675310",
      proxy_address: "+15017122661",
    });
  });

  it("ignores unknown parameters, repeated ones too", async () => {
    const { status } = await rest.postRaw(
      "/v1/Users",
      `Identity=${unique()}&Nonsense=1&Nonsense=2&__proto__=3&constructor=4`,
    );
    expect(status).toBe(201);
  });

  it.each([
    ["a repeated parameter", "Identity=a&Identity=a"],
    ["a broken escape", "Identity=%zz"],
    ["an escape cut short", "Identity=%4"],
    ["an escaped byte that is no UTF-8", "Identity=%ff"],
    ["an overlong encoding", "Identity=%c0%80"],
    ["an encoded half of a surrogate pair", "Identity=%ed%a0%80"],
    ["a NUL", "Identity=a%00b"],
    ["a bad value under an unknown name", "Identity=ann&Nonsense=%ff"],
    ["a bad name", "%ff=1&Identity=ann"],
    ["too many parameters", "a=1&".repeat(1001)],
  ])("400 20001 for %s", async (_, text) => {
    const { status, body } = await rest.postRaw("/v1/Users", text);
    expect([status, body.code]).toEqual([400, 20001]);
  });

  it("400 20001 for raw bytes that are no UTF-8", async () => {
    const { status, body } = await rest.postRaw("/v1/Users", Buffer.from("Identity=\xff", "latin1"));
    expect([status, body.code]).toEqual([400, 20001]);
  });

  it.each([
    ["application/json", '{"Identity":"ann"}'],
    ["text/plain", "Identity=ann"],
    [
      "multipart/form-data; boundary=x",
      '--x\r\nContent-Disposition: form-data; name="Identity"\r\n\r\nann\r\n--x--\r\n',
    ],
    [`${FORM}; charset=latin1`, "Identity=ann"],
    ["", "Identity=ann"],
  ])("415 20422 for the content type '%s'", async (type, text) => {
    const { status, body } = await rest.postRaw("/v1/Users", Buffer.from(text), type);
    expect([status, body.code]).toEqual([415, 20422]);
  });

  it("201 with a charset of UTF-8, in any case", async () => {
    const { status } = await rest.postRaw(
      "/v1/Users",
      `Identity=${unique()}`,
      `${FORM.toUpperCase()}; Charset="UTF-8"`,
    );
    expect(status).toBe(201);
  });

  it("is empty without a body, whatever its type", async () => {
    expect((await rest.postRaw("/v1/Conversations", null, "application/json")).status).toBe(201);
    expect((await rest.postRaw("/v1/Conversations", "", "multipart/form-data")).status).toBe(201);
  });

  it("413 above 1 MB, however long it says it is", async () => {
    const megabyte = "a".repeat(64 * 1024);
    let read = 0;
    const endless = () =>
      new ReadableStream({
        pull(controller) {
          read++;
          controller.enqueue(new TextEncoder().encode(megabyte));
        },
      });
    const headers = { "content-type": FORM, "content-length": "10" };
    const { status, body } = await rest.send("POST", "/v1/Users", { body: endless(), headers });
    expect([status, body.code]).toEqual([413, 20001]);
    expect(read).toBeLessThan(20);
  });

  it("400 20001 when it breaks off", async () => {
    const broken = new ReadableStream({
      pull(controller) {
        controller.error(new Error("connection lost"));
      },
    });
    const { status, body } = await rest.send("POST", "/v1/Users", {
      body: broken,
      headers: { "content-type": FORM },
    });
    expect([status, body.code]).toEqual([400, 20001]);
  });
});

describe("path", () => {
  it("is split, then decoded once; a literal plus stays one", async () => {
    const identity = `a+b/c%2Fd é?#${unique()}`;
    const { body: user } = await rest.post("/v1/Users", { Identity: identity });
    expect((await rest.get(`/v1/Users/${encodeURIComponent(identity)}`)).body.sid).toBe(user.sid);
    expect(
      (await rest.get(`/v1/Users/${encodeURIComponent(identity).replaceAll("%2B", "+")}`)).body.sid,
    ).toBe(user.sid);
    expect((await rest.get(`/v1/Users/${encodeURIComponent(encodeURIComponent(identity))}`)).status).toBe(
      404,
    );
  });

  it.each(["%ff", "%zz", "a%00", "%ed%a0%80"])("400 20001 for the segment %s", async (segment) => {
    const { status, body } = await rest.get(`/v1/Users/${segment}`);
    expect([status, body.code]).toEqual([400, 20001]);
  });

  it.each([
    "/v1/Users/",
    "/v1//Users",
    "/v1/Users//Conversations",
    "/v1/Users/x/",
    "/v1/Users/x/y/",
    "/v1",
    "/v1/",
    "/v1/users",
  ])("404 20404 for %s", async (path) => {
    const { status, body } = await rest.get(path);
    expect([status, body.code]).toEqual([404, 20404]);
  });
});

describe("query", () => {
  it("ignores unknown parameters, repeated ones too", async () => {
    expect((await rest.get("/v1/Users?Nonsense=1&Nonsense=2")).status).toBe(200);
  });

  it.each(["PageSize=1&PageSize=1", "PageSize=%zz", "Nonsense=%ff", "PageToken=%00"])(
    "400 20001 for %s",
    async (query) => {
      const { status, body } = await rest.get(`/v1/Users?${query}`);
      expect([status, body.code]).toEqual([400, 20001]);
    },
  );
});
