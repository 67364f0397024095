/** How much of a row is read: what most lists show of it, or all there is. */
export type Columns = "light" | "full";

/** What a row read with these columns is. */
export type In<C extends Columns, Light, Full> = { light: Light; full: Full }[C];

/** The columns that answer all who want some. */
export function widest(wanted: readonly { readonly columns: Columns }[]): Columns {
  return wanted.some(({ columns }) => columns === "full") ? "full" : "light";
}

/** Whether a row is full: those name their account, light ones do not. */
export function isFull<Full extends { accountSid: string }>(row: object): row is Full {
  return "accountSid" in row;
}
