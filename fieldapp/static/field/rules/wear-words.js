/** The sentence that explains one charge line to the tenant; the same words as `fieldapp/domain/wear_words.py`. */

/** @typedef {(sentence: string, params?: Record<string, string | number>) => string} Translate  `t` of i18n.js. */
/** @typedef {import("./wear.js").Assessment} Assessment */

/**
 * One or two plain sentences: *La peinture avait 4 ans : vous payez 55 % du prix.*
 * @param {Assessment} assessed
 * @param {{fr: string, en: string}} subject how the sentence begins, from the grid's row
 * @param {"fr" | "en"} language @param {Translate} t @returns {string}
 */
export function explain(assessed, subject, language, t) {
  if (assessed.outcome === "to_assess")
    return `${why(assessed.reason, t)} ${t("Prix pas encore décidé ; vous ne payez rien aujourd’hui.")}`;
  if (assessed.age === null || assessed.share_percent === null) return why(assessed.reason, t);
  const params = { subject: subject[language], age: assessed.age, pays: pays(assessed.share_percent, language, t) };
  if (assessed.age === 0) return t("{subject} moins d’un an : {pays}.", params);
  return assessed.age === 1 ? t("{subject} un an : {pays}.", params) : t("{subject} {age} ans : {pays}.", params);
}

/** What to look at before keeping a charge. @param {"absent_at_entry" | "whole_surface_for_spots"} doubt @param {Translate} t */
export function doubtWords(doubt, t) {
  return doubt === "absent_at_entry"
    ? t("L’entrée disait que cet élément n’était pas là : vérifiez avant de le facturer.")
    : t(
        "Le prix est celui d’une grande surface, pour quelques trous ou taches : seule la partie abîmée peut être facturée.",
      );
}

/** @param {string} share @param {"fr" | "en"} language @param {Translate} t */
function pays(share, language, t) {
  if (share === "100") return t("vous payez le prix entier");
  if (share === "0") return t("vous ne payez rien");
  return t("vous payez {share} % du prix", { share: language === "fr" ? share.replace(".", ",") : share });
}

/** What a gate says; every reason that has no age has its sentence here. @param {string} reason @param {Translate} t */
function why(reason, t) {
  switch (reason) {
    case "not_worse":
      return t("L’état n’est pas moins bon qu’à l’entrée : vous ne payez rien.");
    case "normal_wear":
      return t("C’est l’usure normale : vous ne payez rien.");
    case "construction_defect":
      return t("C’est un défaut de construction : vous ne payez rien.");
    case "force_majeure":
      return t("C’est un cas de force majeure, que personne ne pouvait éviter : vous ne payez rien.");
    case "third_party":
      return t("C’est le fait d’une personne que vous n’aviez pas fait entrer : vous ne payez rien.");
    case "landlord_fault":
      return t("C’est la faute du bailleur : vous ne payez rien.");
    case "landlord_works":
      return t("Cela vient de travaux du bailleur : vous ne payez rien.");
    case "landlord_obstructed":
      return t("Le bailleur a empêché l’état des lieux d’entrée : vous ne payez rien.");
    case "loss":
      return t("C’est perdu : vous payez le prix entier, quel que soit l’âge.");
    case "no_entry_inventory":
      return t("Il n’y a pas d’état des lieux d’entrée à comparer.");
    case "entry_missing":
      return t("L’état à l’entrée n’est pas connu.");
    case "entry_not_checked":
      return t("L’état n’avait pas été vérifié à l’entrée.");
    case "exit_missing":
      return t("L’état à la sortie n’est pas connu.");
    case "exit_not_checked":
      return t("L’état n’a pas été vérifié à la sortie.");
    case "exit_absent":
      return t("L’élément n’est plus là, et personne n’a dit pourquoi.");
    case "cause_missing":
      return t("La cause n’est pas encore décidée.");
    case "incident":
      return t("C’est un sinistre : l’assurance est à consulter.");
    case "price_missing":
      return t("Il manque un prix convenu, un devis ou une facture.");
    case "no_grid_row":
      return t("La grille de vétusté ne parle pas de cet élément.");
    case "age_unknown":
      return t("L’âge de l’élément n’est pas connu.");
    default:
      throw new RangeError(`${reason} explains an age, and there is none`);
  }
}
