import { z } from "zod";
import type { Context } from "../context.ts";
import { ApiError } from "../core/errors.ts";
import type { Direction, Page, PageRequest, Position } from "../core/page.ts";
import { text } from "./format.ts";

const DEFAULT_SIZE = 50;
const GREATEST_SIZE = 1000;

/** The query parameters of every list. */
export const paging = {
  PageSize: text("How many rows a page holds: 50 if absent, at most 1000.").meta({
    override: { type: "integer", minimum: 1, default: DEFAULT_SIZE },
  }),
  Page: text("Number of the page, as the page's links carry it.").meta({
    override: { type: "integer", minimum: 0 },
  }),
  PageToken: text("Place in the list, as the page's links carry it."),
};

const pageUrl = z.string().meta({ format: "uri" });

const meta = z
  .object({
    page: z.int().min(0).describe("Number of this page, from 0."),
    page_size: z.int().min(1).describe("How many rows a page holds."),
    first_page_url: pageUrl.describe("The first page."),
    previous_page_url: pageUrl.nullable().describe("The page before this one; null on the first."),
    url: pageUrl.describe("This page."),
    next_page_url: pageUrl.nullable().describe("The page after this one; null on the last."),
    key: z.string().describe("Name of the property that holds the rows."),
  })
  .meta({ id: "Meta", description: "Where a page stands in its list." });

/** Schema of a page of `item`s under `key`. */
export function pageOf(key: string, item: z.ZodType) {
  return z.object({ [key]: z.array(item), meta });
}

/** What a list needs to know of the call it answers. */
interface ListCall {
  /** Path as asked for, still encoded. */
  readonly path: string;
  /** Query parameters in the order they are declared, the filters first. */
  readonly query: Readonly<Record<string, unknown>>;
}

interface Place {
  readonly position: Position;
  readonly direction: Direction;
}

interface Link {
  readonly number: number;
  readonly place: Place | null;
}

/** Reads one page and answers it in Twilio's envelope (decisions 2 to 7). */
export async function list<T>(
  ctx: Context,
  call: ListCall,
  key: string,
  read: (request: PageRequest) => Promise<Page<T>>,
  toWire: (item: T) => unknown | Promise<unknown>,
) {
  const {
    PageSize,
    Page: number,
    PageToken: token,
    ...rest
  } = call.query as Record<string, string | undefined>;
  const filters = Object.entries(rest).filter(([, value]) => value !== undefined && value !== "");
  const size = Math.min(wholeNumber(PageSize, "PageSize", DEFAULT_SIZE, 1), GREATEST_SIZE);
  const current = wholeNumber(number, "Page", 0, 0);
  if (current > 0 && token === undefined)
    throw new ApiError("PAGE_WITHOUT_TOKEN", { parameter: "pageToken" });

  const listId = JSON.stringify([ctx.accountSid, call.path, filters]);
  const place = token === undefined ? null : openToken(ctx, listId, token);
  const page = await read(requestOf(place, size));
  const { previous, next } = await neighbours(page, place, current);

  const encoded = filters.map(([name, value]) => `${name}=${encodeURIComponent(value ?? "")}&`).join("");
  const base = `${ctx.publicUrl}${call.path}?${encoded}PageSize=${size}&Page=`;
  const urlOf = (link: Link | null) => {
    if (link === null) return null;
    const page = `${base}${link.number}`;
    return link.place === null ? page : `${page}&PageToken=${sealToken(ctx, listId, link.place)}`;
  };
  const rows = page.items.map(toWire);
  return {
    [key]: rows[0] instanceof Promise ? await Promise.all(rows) : rows,
    meta: {
      page: current,
      page_size: size,
      first_page_url: urlOf({ number: 0, place: null }),
      previous_page_url: urlOf(previous),
      url: urlOf({ number: current, place }),
      next_page_url: urlOf(next),
      key,
    },
  };
}

function wholeNumber(given: string | undefined, name: string, otherwise: number, least: number): number {
  if (given === undefined) return otherwise;
  const number = /^\d+$/.test(given) ? Number(given) : Number.NaN;
  // A number too large to count with is refused as a page, and clamped as a size.
  if (number >= least && (name === "PageSize" || Number.isSafeInteger(number))) return number;
  throw new ApiError("INVALID_PARAMETER", { message: `Invalid ${name}.`, parameter: name });
}

function openToken(ctx: Context, listId: string, token: string): Place {
  const place = token.startsWith("PT") ? ctx.cursors.open(listId, token.slice(2)) : null;
  if (place === null) throw new ApiError("INVALID_PAGE_TOKEN", { parameter: "pageToken" });
  return place;
}

function sealToken(ctx: Context, listId: string, place: Place): string {
  return `PT${ctx.cursors.seal(listId, place)}`;
}

/** A place without a position is the end of the list. */
function requestOf(place: Place | null, limit: number): PageRequest {
  if (place === null) return { limit, direction: "forward" };
  const { direction, position } = place;
  if (position.length === 0) return { limit, direction };
  return direction === "forward"
    ? { limit, direction, after: position }
    : { limit, direction, before: position };
}

/**
 * Where a page was come from there is taken to be more, which costs no statement and is at worst an empty page.
 * A page left empty by deletions points back to the end, or on to the start, so that no row is passed over.
 */
async function neighbours<T>(page: Page<T>, place: Place | null, number: number) {
  const first = page.items[0];
  const last = page.items.at(-1);
  const back = (position: Position): Link => ({
    number: Math.max(number - 1, 0),
    place: { position, direction: "backward" },
  });
  const on = (item: T): Link => ({
    number: number + 1,
    place: { position: page.positionOf(item), direction: "forward" },
  });
  if (place?.direction !== "backward") {
    const previous = place === null ? null : back(first === undefined ? [] : page.positionOf(first));
    return { previous, next: last !== undefined && (await page.hasNext()) ? on(last) : null };
  }
  const start: Link = { number: 0, place: null };
  const atEnd = place.position.length === 0;
  return {
    previous: first !== undefined && (await page.hasPrevious()) ? back(page.positionOf(first)) : null,
    next: atEnd ? null : last === undefined ? start : on(last),
  };
}
