/** How a contact with the server can fail; what differs is what to do next. */

import { FieldError } from "../store/errors.js";

/** No answer: no network, or the connection broke. Try again later. */
export class Unreachable extends FieldError {
  code = "offline";
}

/** Somebody else answered: a captive portal, a proxy. Our data were not shown to it beyond this request. */
export class NotOurServer extends FieldError {
  code = "not_our_server";
}

/** Our server no longer knows the token: the agent must sign in again; nothing is lost. */
export class SessionExpired extends FieldError {
  code = "session_expired";
}

/** Our server cannot answer now; `retryAfter` is in seconds, when it said so. */
export class ServerBusy extends FieldError {
  code = "server_busy";

  /** @param {number | null} retryAfter */
  constructor(retryAfter) {
    super();
    this.retryAfter = retryAfter;
  }
}

/** Our server has no room left: nobody here can help, and nothing is lost. */
export class ServerFull extends ServerBusy {
  code = "no_space";
}

/** Our server understood and said no; `code` is its own word, `problem` its whole answer. */
export class Refused extends FieldError {
  /**
   * @param {number} status
   * @param {{[name: string]: any}} problem
   * @param {number | null} retryAfter seconds
   */
  constructor(status, problem, retryAfter) {
    super(problem.detail ?? problem.title);
    this.status = status;
    this.problem = problem;
    this.retryAfter = retryAfter;
    this.code = problem.code ?? "refused";
  }
}
