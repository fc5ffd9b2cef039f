"""A verdict in sentences, for the command line and for the page where anyone may verify a file."""

from collections.abc import Callable

from fieldapp.domain.zone import PARIS, clock_words
from fieldapp.reports.typography import Typography
from fieldapp.reports.verdict import Check, Finding, Status, Verdict
from fieldapp.reports.words import words

Say = Callable[[str], str]


def lines(verdict: Verdict, language: str = "fr") -> list[str]:
    """The answer, then what was found, then by whom and when it was sealed; one sentence each."""
    say = words(language).gettext
    if verdict.unreadable:
        return [say("Illisible : ce fichier n'est pas un rapport scellé par cette application.")]
    said = [
        say("Intact : ce fichier est exactement celui qui a été scellé.")
        if verdict.intact
        else say("Modifié : ce fichier n'est pas celui qui a été scellé.")
    ]
    said += [sentence(finding, language) for finding in verdict.findings]
    if verdict.number:
        said.append(say("Document n° %(number)s, code de contrôle %(sha256)s.") % _facts(verdict))
    if verdict.amends:
        number, sha256 = verdict.amends
        said.append(
            say("Avenant au document n° %(number)s, dont le code de contrôle est %(sha256)s.")
            % {"number": number, "sha256": sha256}
        )
    if verdict.sealed_by:
        said += _seal(verdict, say, language)
    return said


def sentence(finding: Finding, language: str = "fr") -> str:
    """One check and its result."""
    say = words(language).gettext
    good, bad = {
        Check.FORM: (say("Le fichier se lit."), say("Le fichier ne se lit pas jusqu'au bout.")),
        Check.SEAL: (
            say("Le cachet tient et couvre tout le fichier."),
            say("Le cachet manque, ou ne tient pas, ou ne couvre pas tout le fichier."),
        ),
        Check.STAMP: (say("L'horodatage tient."), say("L'horodatage ne tient pas.")),
        Check.RECORD: (
            say("L'enregistrement joint a le code de contrôle imprimé."),
            say("L'enregistrement joint n'a pas le code de contrôle imprimé."),
        ),
        Check.ACTS: (
            say("Chaque acte porte sur cet enregistrement."),
            say("Un acte porte sur un autre enregistrement, ou manque."),
        ),
        Check.TABLET: (
            say("La clé de la tablette a signé chaque acte."),
            say("La clé de la tablette n'a pas signé chaque acte."),
        ),
        Check.PHOTOS: (
            say("Chaque photo est celle de l'enregistrement, octet pour octet."),
            say("Une photo n'est pas celle de l'enregistrement, ou manque."),
        ),
    }[finding.check]
    if finding.ok:
        return f"✓ {good}"
    return f"✗ {bad}" + (f" ({finding.detail})" if finding.detail else "")


def _facts(verdict: Verdict) -> dict[str, str]:
    return {"number": verdict.number, "sha256": verdict.record_sha256}


def _seal(verdict: Verdict, say: Say, language: str) -> list[str]:
    names = {"holder": verdict.sealed_by, "issuer": verdict.issued_by, "level": verdict.level or "—"}
    said = [say("Scellé par « %(holder)s », certificat de « %(issuer)s », niveau PAdES %(level)s.") % names]
    if verdict.sealed_at is not None:
        moment = Typography(language, verdict.zone).moment(verdict.sealed_at.isoformat())
        when = {"moment": moment if verdict.zone == PARIS else f"{moment} ({clock_words(verdict.zone, say)})"}
        stamped = any(finding.check is Check.STAMP and finding.ok for finding in verdict.findings)
        said.append(
            say("Horodaté le %(moment)s.") % when
            if stamped
            else say("Scellé le %(moment)s selon l'horloge du serveur ; sans horodatage.") % when
        )
    if verdict.demonstration:
        said.append(say("Autorité de démonstration : sans valeur juridique."))
    if not verdict.trusted and verdict.status is Status.INTACT:
        said.append(
            say("Cette machine ne connaît pas l'autorité du cachet : vérifiez qu'elle est bien celle du bailleur.")
        )
    return said
