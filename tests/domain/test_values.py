"""What the trade's values say of themselves."""

import pytest

from fieldapp.domain.act import Decision
from fieldapp.domain.address import Address
from fieldapp.domain.condition import State, is_worse
from fieldapp.domain.dwelling import Dwelling, DwellingKind, Energy, Heating, Scope, meters_required
from fieldapp.domain.meter import MeterKind
from fieldapp.domain.tenancy import euros, square_metres


@pytest.mark.parametrize(("cents", "text"), ((41237, "412.37"), (5, "0.05"), (0, "0.00"), (-12345, "-123.45")))
def test_an_amount_is_written_as_decimal_text(cents: int, text: str) -> None:
    assert euros(cents) == text


def test_an_area_is_written_as_decimal_text() -> None:
    assert square_metres(6430) == "64.30"


def test_only_two_decisions_sign() -> None:
    assert {choice for choice in Decision if choice.is_signature} == {
        Decision.SIGNED,
        Decision.SIGNED_WITH_RESERVATIONS,
    }


def test_states_get_worse_in_order_and_what_is_no_state_is_not_compared() -> None:
    assert is_worse(State.GOOD, State.POOR) is True
    assert is_worse(State.POOR, State.POOR) is False
    assert is_worse(State.OUT_OF_ORDER, State.NEW) is False
    assert is_worse(State.NOT_CHECKED, State.POOR) is None
    assert is_worse(State.GOOD, State.ABSENT) is None


@pytest.mark.parametrize(
    ("heating", "present", "required"),
    (
        (
            Heating(Scope.INDIVIDUAL, Energy.GAS, Scope.INDIVIDUAL),
            (MeterKind.COLD_WATER, MeterKind.ELECTRICITY_BASE, MeterKind.GAS),
            (MeterKind.COLD_WATER, MeterKind.ELECTRICITY_BASE, MeterKind.GAS),
        ),
        (
            Heating(Scope.COLLECTIVE, Energy.GAS, Scope.COLLECTIVE),
            (MeterKind.COLD_WATER, MeterKind.GAS),
            (MeterKind.COLD_WATER,),  # the boiler room's gas is not the tenant's
        ),
        (
            Heating(Scope.COLLECTIVE, Energy.DISTRICT, Scope.COLLECTIVE),
            (MeterKind.HEAT, MeterKind.HOT_WATER),
            (MeterKind.HEAT, MeterKind.HOT_WATER),
        ),
        (Heating(Scope.NONE, Energy.NONE, Scope.NONE), (), ()),
    ),
)
def test_the_heating_regime_decides_which_meters_are_read(
    heating: Heating, present: tuple[MeterKind, ...], required: tuple[MeterKind, ...]
) -> None:
    assert meters_required(heating, present) == required


@pytest.mark.parametrize(
    ("heating", "sentence"),
    (
        (Heating(Scope.COLLECTIVE, Energy.GAS, Scope.COLLECTIVE), "Chauffage collectif (gaz), eau chaude collective"),
        (
            Heating(Scope.INDIVIDUAL, Energy.ELECTRICITY, Scope.INDIVIDUAL),
            "Chauffage individuel (électricité), eau chaude individuelle",
        ),
        (
            Heating(Scope.INDIVIDUAL, Energy.ELECTRICITY, Scope.NONE),
            "Chauffage individuel (électricité), sans eau chaude",
        ),
        (Heating(Scope.NONE, Energy.NONE, Scope.NONE), "Sans chauffage ni eau chaude"),
    ),
)
def test_the_heating_is_said_in_good_french(heating: Heating, sentence: str) -> None:
    assert heating.text == sentence


def test_a_dwelling_is_called_by_its_kind_and_type() -> None:
    heating = Heating(Scope.COLLECTIVE, Energy.GAS, Scope.COLLECTIVE)
    flat = Dwelling("d", "0417-B-032", DwellingKind.APARTMENT, "T3", 6430, "", "", heating, None, ())
    garage = Dwelling("g", "0417-G-05", DwellingKind.GARAGE, "", 1450, "", "", heating, None, ())
    assert flat.words == "Appartement T3"
    assert garage.words == "Garage"


def test_an_address_reads_on_one_line() -> None:
    assert Address("12 rue des Lilas", "01990", "Orme-la-Vallée").line == "12 rue des Lilas, 01990 Orme-la-Vallée"
