// Says what went wrong to the person who can do something about it.

import { html, nothing } from "lit";
import { t } from "../i18n.js";
import { icon } from "./icon.js";

/** @typedef {Error & {code?: string, retryAfter?: number, triesLeft?: number}} Trouble */

/**
 * @param {unknown} error of the store: it carries `code`
 * @returns {string}
 */
export function troubleWords(error) {
  const { code, name, message, retryAfter, triesLeft } = /** @type {Trouble} */ (error ?? {});
  switch (name === "QuotaExceededError" ? "storage_full" : code) {
    case "bad_credentials":
      return t("L’adresse ou le mot de passe n’est pas le bon.");
    case "too_many_attempts":
      return t("Trop d’essais. Réessayez dans {minutes} min.", {
        minutes: Math.max(1, Math.ceil((retryAfter ?? 60) / 60)),
      });
    case "not_an_agent":
      return t("Ce compte est un compte du bureau. Il faut un compte d’agent pour la tablette.");
    case "offline":
      return t("Pas de réseau. Rapprochez-vous d’une fenêtre ou du wifi, puis réessayez.");
    case "not_our_server":
      return t("Ce réseau demande d’abord de se connecter à sa propre page. Ouvrez-la, puis réessayez.");
    case "storage":
      return t("Ce navigateur ne permet pas de garder des données ici. Quittez la navigation privée.");
    case "storage_full":
      return t("La mémoire de la tablette est pleine. Libérez de la place, puis touchez Réessayer : rien n’est perdu.");
    case "bad_code":
      return t("Le code a six chiffres.");
    case "wrong_code":
      return triesLeft === undefined
        ? t("Ce n’est pas le bon code.")
        : t("Ce n’est pas le bon code. Essais restants : {triesLeft}.", { triesLeft });
    case "locked_out":
      return t("Cinq codes faux. Reconnectez-vous avec votre mot de passe : votre travail reste sur la tablette.");
    case "elsewhere":
      return t("L’application est ouverte dans un autre onglet. Continuez là-bas, ou reprenez ici.");
    case "signed_elsewhere":
      return t("Ce qui a été signé est sur la tablette qui a servi à signer ; le bureau le reçoit avec l’envoi.");
    case "newer_database":
      return t("Une version plus récente a écrit sur cette tablette. Rechargez l’application.");
    case "not_an_image":
      return t("Ce fichier n’est pas une image.");
    case "empty_image":
      return t("Ce fichier est vide.");
    case "damaged_image":
      return t("Cette image est abîmée. Reprenez la photo.");
    case "image_too_heavy":
      return t("Ce fichier est trop lourd. Choisissez une photo de moins de 50 Mo.");
    case "image_too_large":
      return t("Cette image a trop de points. Choisissez une photo plus petite.");
    case "heic_unsupported":
      return t("Cette tablette ne lit pas le format HEIC. Reprenez la photo avec l’appareil de l’application.");
    case "not_here":
      return t("Cette photo a été prise sur une autre tablette : c’est là qu’on la floute.");
    case "encoder_failed":
      return t("La photo n’a pas pu être préparée. Réessayez.");
    case "session_expired":
      return t("La connexion au serveur a expiré. Reconnectez-vous : rien n’est perdu.");
    case "server_busy":
      return t("Le serveur est occupé. L’envoi reprendra tout seul.");
    case "no_space":
      return t("Le serveur n’a plus de place : prévenez le bureau. Tout reste sur la tablette et partira plus tard.");
    case "upgrade_required":
      return t(
        "Une nouvelle version de l’application est nécessaire pour recevoir. Ce qui est fait partira quand même.",
      );
    default:
      return t("Cela n’a pas marché ({detail}). Rien n’est perdu ; réessayez.", { detail: code ?? message ?? "?" });
  }
}

/**
 * Says why a thing is stuck, from the server's code.
 * @param {string} reason
 * @returns {string}
 */
export function reasonWords(reason) {
  switch (reason) {
    case "hash_mismatch":
      return t("abîmé en chemin, à envoyer de nouveau");
    case "unusable":
    case "damaged_image":
    case "not_jpeg":
    case "truncated":
    case "empty":
    case "wrong_mode":
    case "undecodable":
    case "too_slow":
      return t("image illisible, à refaire");
    case "sealed":
      return t("dossier déjà scellé");
    case "record_differs":
      return t("ce qui a été signé n’est plus ce qui est noté");
    case "not_complete":
      return t("il manque encore quelque chose");
    case "not_yours":
      return t("dossier d’un autre agent");
    case "carries_metadata":
      return t("photo refusée : elle dit encore où elle a été prise, à refaire");
    case "too_many_pixels":
    case "too_heavy":
    case "too_large":
      return t("trop lourd pour le serveur");
    case "lost_on_tablet":
      return t("photo perdue sur cette tablette, à refaire");
    case "no_offer":
      return t("aucune offre n’est notifiée à cette personne");
    case "held":
      return t("un danger est signalé : le bureau décide d’abord");
    case "not_signed":
    case "bad_signature":
      return t("il manque une signature valable");
    case "missing_photos":
      return t("des photos ne sont pas encore arrivées");
    case "immutable":
    case "op_reused":
    case "rejected":
    case "bad_value":
    case "unknown_field":
    case "unknown_kind":
    case "malformed":
      return t("refusé par le serveur, le bureau le voit");
    default:
      return t("refusé par le serveur, à montrer au bureau");
  }
}

/**
 * A sentence in a frame, where the person is, with a way on.
 * @param {unknown} error
 * @param {() => void} [retry]
 * @param {string} [words] on the button
 */
export function troubleNotice(error, retry, words = t("Réessayer")) {
  if (!error) return nothing;
  return html`<section class="notice trouble" data-tone="stop" role="alert">
    <p>${icon("alert")} ${troubleWords(error)}</p>
    ${
      retry
        ? html`<p><button class="button plain" type="button" @click=${retry}>${icon("retry")} ${words}</button></p>`
        : nothing
    }
  </section>`;
}
