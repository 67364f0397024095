/** The codes that GraphQL alone has: a request as a whole is at fault, and v1 has no word for it. */
export const PROTOCOL_ERRORS = {
  BAD_REQUEST: {
    status: 400,
    cause: "The body of the request is not JSON in UTF-8, or is no object with a `query`.",
    remedy: 'Send {"query": "…", "variables": {…}, "operationName": "…"}; all but `query` may be absent.',
  },
  BAD_USER_INPUT: {
    status: 400,
    cause: "A variable or an argument is of another type than the schema says, or is missing.",
    remedy: "Correct the value that the error's message names.",
  },
  GRAPHQL_PARSE_FAILED: {
    status: 400,
    cause: "The document is no GraphQL.",
    remedy: "Correct the syntax at the place that the error's locations name.",
  },
  GRAPHQL_VALIDATION_FAILED: {
    status: 400,
    cause: "The document does not fit the schema, as where it asks for a field that is none.",
    remedy:
      "Correct the place that the error's locations name; the schema can be asked for by introspection.",
  },
  NOT_ACCEPTABLE: {
    status: 406,
    cause:
      "The Accept header takes neither application/graphql-response+json nor application/json, the two forms of an answer.",
    remedy: "Accept one of the two, or leave the header out.",
  },
  OPERATION_RESOLUTION_FAILURE: {
    status: 400,
    cause: "The document holds no operation, or several and `operationName` names none of them.",
    remedy: "Send one operation, or the name of the one to run.",
  },
  QUERY_TOO_COMPLEX: {
    status: 400,
    cause:
      "The document or what it may return is larger than a limit that the message names, each connection counted as full: such as 20 levels, 25,000 nodes or 150,000 fields.",
    remedy: "Ask for smaller pages with first, for fewer levels at once, or in several requests.",
  },
} as const;

export type ProtocolCode = keyof typeof PROTOCOL_ERRORS;
