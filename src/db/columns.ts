import { customType } from "drizzle-orm/pg-core";

/** Text compared byte by byte: the order of a list must not hang on the server's locale. */
export const bytes = customType<{ data: string; driverData: string }>({ dataType: () => 'text COLLATE "C"' });

/** A SID, lower-case behind its prefix. */
export const sid = bytes;

/** A moment with millisecond precision, so that a cursor holds exactly what the row holds; read as RFC 3339 text. */
export const instant = customType<{ data: string; driverData: string }>({
  dataType: () => "timestamp(3) with time zone",
});
