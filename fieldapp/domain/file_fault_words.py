"""Says to a person what is wrong in a table, and what to do about it."""

from fieldapp.domain.file_fault import Fault, Problem
from fieldapp.domain.wear_words import Translate


def sentence(fault: Fault, gettext: Translate) -> str:
    """One sentence: what is wrong, then what to do. The French text is the gettext source, values stand in braces."""
    return _source(fault.problem, gettext).format(**fault.given)


def _source(problem: Problem, gettext: Translate) -> str:
    match problem:
        case Problem.EMPTY_FILE:
            return gettext("Le fichier est vide : exportez de nouveau le tableau avec sa ligne de titres.")
        case Problem.NO_ROWS:
            return gettext("Le fichier n’a que sa ligne de titres : ajoutez au moins une ligne.")
        case Problem.NOT_UTF8:
            return gettext("Ce caractère n’est pas en UTF-8 : dans le tableur, enregistrez au format « CSV UTF-8 ».")
        case Problem.NOT_TEXT:
            return gettext("Ce n’est pas un fichier CSV : dans le tableur, enregistrez au format « CSV UTF-8 ».")
        case Problem.BROKEN_QUOTES:
            return gettext(
                "Un guillemet n’est pas fermé, ou suivi d’autre chose : doublez-le dans le texte, ou ôtez-le."
            )
        case Problem.UNKNOWN_COLUMN:
            return gettext("La colonne « {found} » n’est pas attendue : ôtez-la. Les colonnes sont {columns}.")
        case Problem.MISSING_COLUMN:
            return gettext("La colonne {missing} manque : ajoutez-la. Les colonnes sont {columns}.")
        case Problem.REPEATED_COLUMN:
            return gettext("La colonne {found} est là deux fois : ôtez-en une.")
        case Problem.TOO_FEW_CELLS:
            return gettext("La ligne a {found} cases au lieu de {wanted} : ajoutez celles qui manquent, même vides.")
        case Problem.TOO_MANY_CELLS:
            return gettext(
                "La ligne a {found} cases au lieu de {wanted} : écrivez les nombres avec un point, et entre guillemets "
                "un texte qui contient le séparateur."
            )
        case Problem.EMPTY_CELL:
            return gettext("La case est vide : remplissez-la.")
        case Problem.TOO_LONG:
            return gettext("Le texte est trop long : {most} caractères au plus.")
        case Problem.NOT_A_CODE:
            return gettext("« {found} » n’est pas un code : des minuscules sans accent, des chiffres et « _ ».")
        case Problem.UNKNOWN_WORD:
            return gettext("« {found} » n’est pas connu : écrivez {known}.")
        case Problem.NOT_IN_CATALOGUE:
            return gettext(
                "« {found} » n’est pas dans le catalogue : prenez l’un de ses codes, séparés par des espaces."
            )
        case Problem.DUPLICATE:
            return gettext("« {found} » est déjà à la ligne {first} : gardez une seule des deux lignes.")
        case Problem.COMMA_DECIMAL:
            return gettext("« {found} » a une virgule : écrivez {wanted}, avec un point.")
        case Problem.NOT_A_NUMBER:
            return gettext("« {found} » n’est pas un nombre : des chiffres et un point, sans espace ni signe.")
        case Problem.NOT_WHOLE:
            return gettext("« {found} » n’est pas un nombre entier : écrivez des chiffres seulement.")
        case Problem.TOO_PRECISE:
            return gettext("« {found} » a trop de décimales : {places} au plus.")
        case Problem.TOO_SMALL:
            return gettext("{found} est trop petit : le minimum est {least}.")
        case Problem.TOO_LARGE:
            return gettext("{found} est trop grand : le maximum est {most}.")
        case Problem.UNKNOWN_VAT:
            return gettext("{found} % n’est pas un taux de TVA : écrivez {known}.")
        case Problem.NOT_A_DAY:
            return gettext("« {found} » n’est pas un jour : écrivez année-mois-jour, comme 2026-09-30.")
        case Problem.STARTS_AFTER_END:
            return gettext("Le {found} est après la remise des clés, le {end} : corrigez l’une des deux dates.")
        case Problem.NOT_DEGREES:
            return gettext("« {found} » n’est pas une coordonnée : des degrés avec un point, comme 48.4351.")
        case Problem.SWAPPED_AXES:
            return gettext(
                "Latitude et longitude sont inversées pour « {found} » : en France, la latitude est la plus grande ; "
                "un fichier GeoJSON donne la longitude d’abord."
            )
        case Problem.OUT_OF_FRANCE:
            return gettext(
                "Le point {found}, {other} est hors de France : donnez des degrés WGS 84, latitude et longitude."
            )
        case Problem.NOT_GEOJSON:
            return gettext("Ce n’est pas un GeoJSON lisible : exportez de nouveau en « FeatureCollection » de points.")
        case Problem.NOT_A_POINT:
            return gettext("Ce lieu n’a pas de point : donnez une géométrie « Point » avec longitude et latitude.")
        case Problem.NOT_A_SHEET:
            return gettext(
                "Ce n’est pas un classeur XLSX lisible : enregistrez de nouveau en « Classeur Excel (.xlsx) »."
            )
        case Problem.TOO_LARGE_FILE:
            return gettext("Ce classeur est trop grand une fois ouvert : enregistrez-le en CSV UTF-8.")
        case Problem.FORMULA:
            return gettext(
                "La case est une formule, ou son résultat est une erreur : copiez la colonne, puis collez « les valeurs "
                "seulement »."
            )
        case Problem.NOT_A_DATE:
            return gettext("« {found} » n’est pas un jour : écrivez jour/mois/année, comme 30/09/2026, ou 2026-09-30.")
        case Problem.NO_SUCH_DAY:
            return gettext("Le {found} n’existe pas : corrigez le jour ou le mois.")
        case Problem.NOT_AN_AMOUNT:
            return gettext("« {found} » n’est pas un nombre : écrivez des chiffres, comme 412,37.")
        case Problem.NOT_A_POSTCODE:
            return gettext(
                "« {found} » n’est pas un code postal : cinq chiffres ; mettez la colonne au format texte pour garder le "
                "zéro du début."
            )
        case Problem.NOT_AN_EMAIL:
            return gettext("« {found} » n’est pas une adresse e-mail : corrigez-la, ou videz la case.")
        case Problem.NOT_YES_NO:
            return gettext("« {found} » n’est ni oui ni non : écrivez oui ou non.")
        case Problem.COSTS_SWAPPED:
            return gettext("Le coût bas est plus grand que le coût haut : échangez-les.")
        case Problem.RENEWED_BEFORE:
            return gettext("Le renouvellement est avant l’installation : corrigez l’une des deux dates.")
        case Problem.NAMES_NOTHING:
            return gettext("« {found} » n’existe pas ici : corrigez la référence, ou importez-le d’abord.")
        case Problem.NOT_YOURS:
            return gettext("« {found} » appartient à une autre agence : demandez-lui de l’importer.")
        case Problem.NO_HOME:
            return gettext(
                "L’immeuble n’a pas encore de point : donnez sa latitude et sa longitude au fichier des immeubles d’abord."
            )
        case Problem.NOT_A_HOLDER:
            return gettext("« {found} » n’est pas un autre titulaire de ce bail : importez les occupants d’abord.")
        case Problem.BOUND_TWICE:
            return gettext(
                "« {found} » est déjà le conjoint de quelqu’un d’autre dans ce fichier : gardez une seule ligne."
            )
        case Problem.RANK_TAKEN:
            return gettext("Le rang {found} est déjà à un autre candidat de ce logement : donnez un autre rang.")
        case Problem.DAY_WANTED:
            return gettext("Cet état veut un jour ici : donnez-le, ou changez l’état.")
        case Problem.DAY_UNWANTED:
            return gettext("Cet état ne va pas avec un jour ici : videz la case, ou changez l’état.")
        case Problem.POINT_UNWANTED:
            return gettext("Le réseau et les risques n’ont pas de point : videz latitude et longitude.")
        case Problem.FIXED:
            return gettext(
                "« {found} » est déjà ailleurs et ne peut pas changer de place : donnez une autre référence."
            )
