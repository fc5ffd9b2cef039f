// What the rules of completeness found, in sentences, and where each one is put right.

import { dayInWords } from "../elements/record-words.js";
import { dayAndTime, n, t } from "../i18n.js";
import { path } from "../router.js";

/** @typedef {import("../rules/completeness.js").Item} Item */

/**
 * The name of a clause of art. 2, or of what the law asks for beside it.
 * @param {string} clause
 */
export function clauseName(clause) {
  switch (clause) {
    case "a":
      return t("Type");
    case "b":
      return t("Date");
    case "c":
      return t("Adresse");
    case "d":
      return t("Parties et siège du bailleur");
    case "e":
      return t("Personnes mandatées");
    case "f":
      return t("Relevés des compteurs");
    case "g":
      return t("Clés et moyens d’accès, avec leur destination");
    case "h":
      return t("Chaque pièce et partie");
    case "i":
      return t("Signatures");
    case "insurance":
      return t("Assurance du locataire");
    case "smoke":
      return t("Détecteur de fumée");
    case "furniture":
      return t("Inventaire du mobilier");
    case "exit":
      return t("Ce qu’une sortie doit dire");
    default:
      return t("Alertes");
  }
}

/**
 * One item in a sentence: what is there, or what to do.
 * @param {Item} item
 * @param {string} zone of the dwelling
 * @returns {string}
 */
export function itemWords({ code, params }, zone) {
  const { name, ...others } = /** @type {Record<string, string>} */ (params);
  /** @type {Record<string, string>} */
  const words = { ...others, name: name || t("quelqu’un") };
  const count = Number(params.count ?? 0);
  switch (code) {
    case "type":
      return words.kind ?? "";
    case "type_missing":
      return t("Le type d’état des lieux n’est pas connu : appelez le bureau");
    case "established":
      return dayAndTime(words.at ?? "", zone);
    case "established_missing":
      return t("La date manque : elle s’écrit quand vous faites signer");
    case "keys_date_missing":
      return t("Dire quand les clés sont remises");
    case "location":
      return words.address ?? "";
    case "location_missing":
      return t("L’adresse n’est pas complète : appelez le bureau");
    case "parties":
      return t("{tenants} ; {landlord}", words);
    case "landlord_missing":
      return t("Le siège du bailleur n’est pas complet : appelez le bureau");
    case "tenant_missing":
      return t("Ajouter le locataire");
    case "name_missing":
      return t("Écrire le nom d’une personne");
    case "mandates":
      return words.names ?? "";
    case "agent_missing":
      return t("L’adresse de l’agent n’est pas complète : appelez le bureau");
    case "represents_missing":
      return t("Dire qui {name} représente", words);
    case "domicile_missing":
      return t("Écrire l’adresse de {name}", words);
    case "mandate_missing":
      return t("Noter le mandat écrit de {name}", words);
    case "identity_missing":
      return t("Voir une pièce d’identité de {name}", words);
    case "meters":
      return count === 0 ? t("Aucun compteur individuel") : n("{count} compteur", "{count} compteurs", count);
    case "meter_missing":
      return t("Ajouter le compteur : {kind}", words);
    case "index_missing":
      return t("{meter} : écrire l’index", words);
    case "reason_missing":
      return t("{meter} : dire pourquoi il n’est pas lu", words);
    case "reading_missing":
      return t("{meter} : le relever", words);
    case "keys":
      return n("{count} clé ou badge", "{count} clés et badges", count);
    case "key_missing":
      return t("Ajouter les clés remises");
    case "quantity_missing":
      return t("{key} : compter", words);
    case "destination_missing":
      return t("{key} : dire ce que cela ouvre", words);
    case "key_unconfirmed":
      return t("{key} : confirmer le nombre", words);
    case "rooms":
      return t("{rooms} pièces, {elements} éléments", params);
    case "room_missing":
      return t("Ajouter les pièces");
    case "elements_missing":
      return t("{room} : ajouter ses éléments", words);
    case "states_missing":
      return n("{room} : {element} n’a pas d’état", "{room} : {count} éléments sans état", count, params);
    case "materials_missing":
      return n("{room} : confirmer la matière, {element}", "{room} : confirmer {count} matières", count, params);
    case "floor_missing":
      return t("{room} : décrire le sol", words);
    case "wall_missing":
      return t("{room} : décrire les murs", words);
    case "ceiling_missing":
      return t("{room} : décrire le plafond", words);
    case "signatures_next":
      return t("À la fin, avec le locataire");
    case "signatures":
      return t("Chacun a répondu");
    case "signature_missing":
      return t("{name} n’a pas encore répondu", words);
    case "agent_signature_missing":
      return t("L’agent n’a pas encore signé");
    case "insurance":
      return words.insurer ?? "";
    case "insurance_missing":
      return t("Voir l’attestation d’assurance avant de remettre les clés");
    case "insurer_missing":
      return t("Écrire le nom de l’assureur");
    case "insurance_end_missing":
      return t("Écrire jusqu’à quand l’assurance est valable");
    case "insurance_past":
      return t("L’assurance est finie depuis le {day}", { day: dayInWords(words.expires ?? "") });
    case "smoke":
      return t("Présent, il sonne");
    case "smoke_unsaid":
      return t("Détecteur de fumée : dire s’il y en a un");
    case "smoke_untested":
      return t("Détecteur de fumée : l’essayer");
    case "smoke_absent":
      return t("Absent : ce sera écrit dans l’état des lieux");
    case "smoke_fails":
      return t("Ne sonne pas : ce sera écrit dans l’état des lieux");
    case "smoke_not_tested":
      return t("Pas essayé : ce sera écrit dans l’état des lieux");
    case "alert_open":
      return t("{reason} : le bureau n’a pas encore décidé", words);
    case "alert_stop":
      return t("{reason} : le bureau a dit d’arrêter", words);
    case "alert_proceed":
      return t("{reason} : le bureau a dit de continuer", words);
    case "new_address":
      return t("Nouvelle adresse notée");
    case "new_address_missing":
      return t("Demander sa nouvelle adresse à {name}, ou noter son refus", words);
    case "new_address_refused":
      return t("{name} n’a pas voulu donner son adresse : ce sera écrit", words);
    case "new_address_not_asked":
      return t("{name} n’était pas là pour donner son adresse : ce sera écrit", words);
    case "entry_date":
      return t("Entrée du {day}", { day: dayInWords(words.entry ?? "") });
    case "entry_date_missing":
      return t("Écrire la date de l’état des lieux d’entrée");
    case "entry_none":
      return t("Pas d’état des lieux d’entrée : ce sera écrit, rien n’est comparé");
    case "entry_obstructed":
      return t("Pas d’entrée, du fait du bailleur : ce sera écrit");
    case "exit_before_entry":
      return t("La sortie est datée d’avant l’entrée du {day} : corriger la date", {
        day: dayInWords(words.entry ?? ""),
      });
    case "keys_return":
    case "keys_returned":
      return t("Retour des clés noté");
    case "keys_return_missing":
      return t("Dire comment les clés sont rendues");
    case "keys_return_undated":
      return t("Dire quel jour les clés ont été rendues");
    case "keys_return_future":
      return t("Les clés ne peuvent pas être rendues après aujourd’hui : corriger la date");
    case "keys_return_before_entry":
      return t("Les clés ne peuvent pas être rendues avant l’entrée : corriger la date");
    case "keys_not_returned":
      return t("Les clés ne sont pas encore rendues : ce sera écrit");
    case "keys_proof_missing":
      return t("Aucune preuve du retour des clés n’est notée");
    case "meter_below_entry":
      return t("{meter} : plus bas qu’à l’entrée, à relire", words);
    case "typed_unconfirmed":
      return n(
        "{count} ligne recopiée du papier reste à confirmer",
        "{count} lignes recopiées du papier restent à confirmer",
        count,
      );
    case "maintenance_unseen":
      return words.kind === "chimney"
        ? t("Attestation de ramonage pas vue")
        : t("Attestation d’entretien du chauffage pas vue");
    case "furniture":
      return n("{count} meuble ou objet compté", "{count} meubles et objets comptés", count);
    case "furniture_missing":
      return t("Logement meublé : ajouter le mobilier aux pièces");
    case "furniture_uncounted":
      return n("Compter le mobilier : {element}", "Compter {count} meubles ou objets", count, params);
    case "interrupted":
      return t("La visite est interrompue : la reprendre");
    default:
      return code;
  }
}

/**
 * Where an item is put right.
 * @param {string} inventoryId
 * @param {Item} item
 */
export function itemPath(inventoryId, { target }) {
  const { screen, entity_id: entity, room_id: room } = target;
  switch (screen) {
    case "rooms":
      return path(inventoryId);
    case "room":
      return path(inventoryId, "room", ...[room, entity].filter((id) => id !== null));
    case "check":
      return path(inventoryId, "review");
    default:
      return path(inventoryId, screen, ...[entity].filter((id) => id !== null));
  }
}

/**
 * What comes after the first missing thing, under the button that leads there.
 * @param {Item[]} others
 */
export function afterwards(others) {
  return others.length > 0
    ? n("puis encore {count}, puis signer", "puis encore {count}, puis signer", others.length)
    : t("puis signer");
}
