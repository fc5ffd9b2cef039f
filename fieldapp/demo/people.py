"""The invented staff and tenants; telephones are of the ranges that ARCEP keeps for fiction, mail of `.example`."""

from dataclasses import dataclass

from fieldapp.domain.account import Role
from fieldapp.domain.party import Bond

PASSWORD = "demonstration-fieldapp"  # noqa: S105 - printed at every start, on purpose
MAIL = "demo.fieldapp.example"
FIRST_AGENT, SECOND_AGENT = "agent1", "agent2"


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff: the part of the address before the `@`, name, role, agency, and what a report prints."""

    login: str
    name: str
    role: Role
    agency: str | None
    quality: str = ""
    mandate: str = ""

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.login}@{MAIL}"


@dataclass(frozen=True, slots=True)
class Tenant:
    """A tenant or a household: the names on the lease, the first one first."""

    names: tuple[str, ...]
    domicile: str
    phone: str
    bond: Bond | None = None
    """What binds the two, where one of them may sign for both."""

    def email(self, place: int) -> str:
        """The invented address of one of them."""
        return f"locataire{self.phone[-5:-3]}{self.phone[-2:]}{place}@courriel.example"


AGENT_QUALITY = "Chargé de gestion locative, mandaté par le bailleur"
STAFF = (
    Staff("agent1", "Karim Benali", Role.AGENT, "tisserands", AGENT_QUALITY, "Délégation n° 2025-07 du 06/01/2025"),
    Staff(
        "agent2",
        "Sophie Le Goff",
        Role.AGENT,
        "quais",
        "Chargée de gestion locative, mandatée par le bailleur",
        "Délégation n° 2025-08 du 06/01/2025",
    ),
    Staff("reviewer", "Nadia Ferrand", Role.REVIEWER, "tisserands"),
    Staff("manager", "Philippe Aubrun", Role.MANAGER, None),
    Staff("accountant", "Élodie Marchal", Role.ACCOUNTANT, None),
    Staff("admin", "Thomas Wieczorek", Role.ADMIN, None),
    Staff("auditor", "Claire Vasseur-Petit", Role.AUDITOR, None),
)

_NAMES: tuple[tuple[str, ...], ...] = (
    ("Mme Awa Diallo",),
    ("M. Julien Dupont", "Mme Nguyễn Thị Lan"),
    ("Mme Ivone Fernandes",),
    ("M. Mehdi Haddad", "Mme Inès Haddad"),
    ("M. Bruno Vasseur",),
    ("Mme Jeanne Rousselot",),
    ("M. Ibrahim Sow", "Mme Fatou Sow"),
    ("Mme Léa Carpentier",),
    ("M. Andrzej Kowal",),
    ("Mme Yasmine Belkacem", "M. Hugo Lenoir"),
    ("M. Gérard Poulain",),
    ("Mme Chloé Marty",),
    ("M. Thierno Barry",),
    ("Mme Olena Kravets", "M. Dmytro Kravets"),
    ("M. Lucas Perrin",),
    ("Mme Rachida Ouali",),
    ("M. Étienne Fabre", "Mme Camille Fabre"),
    ("Mme Solange Guillemot",),
    ("M. Adama Koné",),
    ("Mme Manon Teixeira",),
    ("M. Paul-Henri Gautier",),
    ("Mme Aïcha Benhamou", "M. Rayan Benhamou"),
    ("M. Samuel Okafor",),
    ("Mme Brigitte Lemaire",),
)
_STREETS = (
    "rue de la Gare",
    "rue du Four",
    "avenue des Marronniers",
    "rue Haute",
    "impasse du Lavoir",
    "place du Marché",
)


def _bond(names: tuple[str, ...]) -> Bond | None:
    """Two people of one name are married in this demonstration; of two names, they are bound by a PACS."""
    if len(names) == 1:
        return None
    return Bond.MARRIED if len({name.split()[-1] for name in names}) == 1 else Bond.PACS


TENANTS = tuple(
    Tenant(
        names,
        f"{3 + 4 * number} {_STREETS[number % len(_STREETS)]}, 61990 Orme-la-Vallée",
        f"06 39 98 {10 + number:02d} {(37 * number) % 100:02d}",
        _bond(names),
    )
    for number, names in enumerate(_NAMES)
)
