"""How a number is read, in all the forms that carriers and people write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fs_control.ids import NumberKind, PhoneNumber, dialled_form, parse_phone_number

MOBILE = "+8613800138000"
LANDLINE = "+8685185971234"
FREEPHONE = "+864001234567"

READINGS = {
    "13800138000": MOBILE,
    "+8613800138000": MOBILE,
    "008613800138000": MOBILE,
    "013800138000": MOBILE,
    "8613800138000": MOBILE,
    "08613800138000": MOBILE,
    "86 138 0013 8000": MOBILE,
    " 138-0013-8000 ": MOBILE,
    "0851-85971234": LANDLINE,
    "085185971234": LANDLINE,
    "(0851) 8597 1234": LANDLINE,
    "+8685185971234": LANDLINE,
    "008685185971234": LANDLINE,
    "4001234567": FREEPHONE,
    "400-123-4567": FREEPHONE,
    "+864001234567": FREEPHONE,
    "+442079460000": "+442079460000",
    "00442079460000": "+442079460000",
    "85221234567": "+85221234567",
}


@pytest.mark.parametrize(("raw", "e164"), READINGS.items())
def test_O12_every_written_form_is_read_as_the_same_number_and_the_raw_form_is_kept(raw: str, e164: str) -> None:
    """Normaliser table test both directions; a stored number matches all its written forms."""
    number = parse_phone_number(raw)
    assert number == PhoneNumber(raw, NumberKind.REGULAR, e164)
    assert number.key == e164


@pytest.mark.parametrize("written", READINGS)
def test_O12_what_was_read_is_read_again_as_itself(written: str) -> None:
    """... both directions."""
    e164 = parse_phone_number(written).e164
    assert e164 is not None
    assert parse_phone_number(e164).e164 == e164


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        *((service, NumberKind.SHORT) for service in ("10086", "12315", "95588", "110")),
        *(
            (withheld, NumberKind.ANONYMOUS)
            for withheld in ("anonymous", "Anonymous", "Restricted", "unknown", "PRIVATE")
        ),
        *((nothing, NumberKind.MISSING) for nothing in ("", "  ", "_undef_")),
        *((other, NumberKind.INTERNAL) for other in ("1001", "junk", "+", "00", "%s%n", "1" * 10_000, "\x00", "😀")),
    ],
)
def test_O12_what_is_no_number_of_a_plan_says_what_it_is(raw: str, kind: NumberKind) -> None:
    number = parse_phone_number(raw)
    assert (number.raw, number.kind, number.e164) == (raw, kind, None)


def test_O12_short_and_internal_numbers_have_a_key_and_nobodys_number_has_none() -> None:
    assert parse_phone_number(" 100-86").key == parse_phone_number("10086").key == "10086"
    assert parse_phone_number("10 01").key == "1001"
    assert parse_phone_number("anonymous").key is None
    assert parse_phone_number("").key is None


def test_a_region_decides_what_a_number_without_a_country_is() -> None:
    assert parse_phone_number("020 7946 0000", region="GB").e164 == "+442079460000"


@given(raw=st.text(), region=st.sampled_from(["CN", "GB", "US", "XX", ""]))
def test_O12_whatever_the_switch_says_is_read_and_kept(raw: str, region: str) -> None:
    number = parse_phone_number(raw, region)
    assert number.raw == raw
    assert (number.e164 is not None) is (number.kind is NumberKind.REGULAR)


@pytest.mark.parametrize(
    ("raw", "dialled"),
    [
        ("+8613800138000", "13800138000"),
        ("013800138000", "13800138000"),
        ("+8685185971234", "085185971234"),
        ("+442079460000", "00442079460000"),
        ("10086", "10086"),
        ("anonymous", ""),
    ],
)
def test_a_number_is_told_to_flows_as_people_dial_it(raw: str, dialled: str) -> None:
    assert dialled_form(parse_phone_number(raw)) == dialled
