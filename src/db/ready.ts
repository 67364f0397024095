/** What has to be done to the database before it serves; the message holds nothing of its data and may be logged. */
export class NotReadyError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "NotReadyError";
  }
}
