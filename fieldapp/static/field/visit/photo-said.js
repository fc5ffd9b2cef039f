// A photograph as the body of a visit's document names it.

/** @param {Record<string, any> & {id: string}} photo */
export function photoSaid({ id, body, caption, marks }) {
  const { subject_id: subject, taken_at: taken, report, archive } = body;
  return { id, subject_id: subject, taken_at: taken, caption: caption ?? "", marks: marks ?? [], report, archive };
}
