/** Why a file cannot become a photograph; `code` is what the screens turn into words. */

/**
 * @typedef {"not_an_image" | "empty_image" | "damaged_image" | "image_too_heavy" | "image_too_large" |
 *   "heic_unsupported" | "encoder_failed" | "not_here"} PhotoFault `not_here`: its bytes are on another tablet
 */

export class PhotoRefused extends Error {
  /**
   * @param {PhotoFault} code
   * @param {string} [detail] for developers
   */
  constructor(code, detail) {
    super(detail ?? code);
    this.name = "PhotoRefused";
    this.code = code;
  }
}
