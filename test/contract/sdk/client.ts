import twilio from "twilio";
import { createTestApp, type TestAccount, type TestApp } from "../../setup/app.ts";

/** The SDK's own HTTP client, up to the last step: a request that is ready to be sent goes to the application. */
class AppTransport extends twilio.RequestClient {
  readonly sent: string[] = [];

  constructor(app: TestApp) {
    super();
    this.axios.defaults.adapter = "fetch";
    this.axios.defaults.env = {
      ...this.axios.defaults.env,
      fetch: (input, init) => {
        const request = new Request(input, init);
        this.sent.push(`${request.method} ${request.url}`);
        return app.fetch(request);
      },
    };
  }
}

let opened: Promise<TestApp> | undefined;

/** Twilio's SDK, unmodified, as an account of its own; `sent` are the requests it made. */
export async function openSdk() {
  opened ??= createTestApp();
  const app = await opened;
  return sdkOf(app, await app.account());
}

/** Another account of the same application. */
export function sdkOf(app: TestApp, account: TestAccount) {
  const httpClient = new AppTransport(app);
  const client = twilio(account.sid, account.authToken, { httpClient });
  return { app, account, client, v1: client.conversations.v1, sent: httpClient.sent };
}

export type Sdk = Awaited<ReturnType<typeof openSdk>>;

/** The RestException a call ends with. */
export async function refusal(call: Promise<unknown>): Promise<twilio.RestException> {
  try {
    await call;
  } catch (error) {
    if (error instanceof twilio.RestException) return error;
    throw error;
  }
  throw new Error("the call was not refused");
}
