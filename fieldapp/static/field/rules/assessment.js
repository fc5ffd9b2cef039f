/** The landlord's assessment of a change: its place beside the inventory; as `fieldapp/domain/assessment.py`. */

/**
 * The one id of the assessment about a thing: the thing's UUID with version 8, so that every tablet finds the same.
 * @param {string} subjectId a UUID of version 7
 * @returns {string}
 * @throws {RangeError} for anything else
 */
export function assessmentId(subjectId) {
  if (subjectId.length !== 36 || subjectId[14] !== "7") throw new RangeError(subjectId);
  return `${subjectId.slice(0, 14)}8${subjectId.slice(15)}`;
}
