"""Generators of people, doctors and bodies. One function per ``use``, as in ``values``."""

from collections.abc import Sequence
from datetime import timedelta

from checktool.samples.dates import age, moved
from checktool.samples.digits import spread, with_luhn
from checktool.samples.stock import Row
from checktool.samples.story import Story, Value

DOCTORS = 48
DOCTOR_SERIAL = 7_000_003
RECIPIENTS = 999_900


def person(story: Story, shift: int = 0, names: str = "") -> Value:
    """Who the document is about; ``shift`` gives somebody else, ``names`` a pool other than asked for."""
    return story.stock.person(story.serial + shift, names or story.frame.names)


def birth(story: Story, years: Sequence[float], of: str, person: str = "$person") -> Value:
    """A date of birth, so many years before another date; namesakes get different ones."""
    last = moved(story.day(of), -round(years[0] * 12))
    first = moved(story.day(of), -round(years[1] * 12)) + timedelta(1)
    who = story.row(person)
    offset = int(who["place"]) * 7919 + int(who["turn"]) * 101
    return (first + timedelta(offset % ((last - first).days + 1))).isoformat()


def doctor(story: Story, which: int = -1) -> Value:
    """One of 48 doctors and the hospital, always the same together; ``which`` names one of them."""
    which = (story.serial if which < 0 else which) % DOCTORS
    hospitals, places, towns = (story.stock.rows(pool) for pool in ("hospitals", "places", "towns"))
    hospital = which % len(hospitals)
    place = places[hospital * 5 % len(places)]
    who = story.stock.person(DOCTOR_SERIAL + which, "plain")
    town = towns[hospital % len(towns)]["town"]
    return {
        **hospitals[hospital],
        "doctor": who["family"] + who["given"],
        "number": f"{place['prefecture']}{spread(which + 1, 10**8):08d}",
        "code": with_luhn(f"{place['prefecture']}199{9001 + hospital}"),
        "address": f"{place['prefecture_name']}{place['city']}{town}{hospital + 1}-{which % 9 + 1}",
        "phone": f"0{300 + hospital * 7}-55-{1000 + hospital * 37}",
    }


def recipient(story: Story) -> Value:
    """A recipient number, six digits and a check digit; 9999… is left to test patients."""
    return with_luhn(f"{spread(story.serial, RECIPIENTS):06d}")


def payer(story: Story, law: str, prefecture: str) -> Value:
    """A payer number: law 2, prefecture 2, payer 3, check digit; another payer when recipients recur."""
    office = 100 + story.serial // RECIPIENTS % 900
    return with_luhn(f"{law}{story.fill(prefecture)}{office}")


def growth(story: Story, birth: str, on: str, sex: str) -> Value:
    """Height, weight, their SDs, BMI and obesity of a child, all fitting (``samples/pools/growth.csv``)."""
    years, months, _ = age(story.day(birth), story.day(on))
    rows = [row for row in story.stock.rows("growth") if row["sex"] == story.fill(sex)]
    here = next(row for row in rows if int(row["age"]) == years)
    later = next((row for row in rows if int(row["age"]) == years + 1), here)

    def mean(key: str) -> float:
        return float(here[key]) + (float(later[key]) - float(here[key])) * months / 12

    height_sd, weight_sd = (story.drawn(25) - 12) / 10, (story.drawn(17) - 8) / 10
    height = round(mean("height") + height_sd * float(here["height_sd"]), 1)
    typical = mean("weight") * (height / mean("height")) ** 2
    weight = round(typical + weight_sd * 0.5 * float(here["weight_sd"]), 1)
    return {
        "height": f"{height:.1f}",
        "weight": f"{weight:.1f}",
        "height_sd": f"{height_sd:.1f}",
        "weight_sd": f"{(weight - mean('weight')) / float(here['weight_sd']):.1f}",
        "bmi": f"{weight / (height / 100) ** 2:.1f}",
        "obesity": f"{(weight / typical - 1) * 100:.1f}",
    }


def examined(story: Story, table: str, disease: str, kind: str, on: str, sex: str, earlier: int = 0) -> Value:
    """An element for each examination that a table asks of every disease or of this one.

    The table's columns say so: ``disease``, ``when`` (new, renewal, both), ``sex``, ``type``, ``example``.
    What is measured of every disease was so ``earlier`` times more, every four weeks before.
    """
    wanted, known_sex = story.fill(disease), story.fill(sex)
    rows = [
        row
        for row in story.stock.codes(table, story.day("Author/WrittenOn"))
        if row["disease"] in ("", wanted)
        and row["when"] in ("both", story.text(kind))
        and row["sex"] in ("", known_sex)
    ]
    measured = [row for row in rows if row["type"] == "number" and not row["disease"]]
    last = story.day(on)
    days = [(last - timedelta(28 * times)).isoformat() for times in range(earlier + 1)]
    return [
        {"@code": row["code"], "@status": "done", "@on": day, "": _result(story, row, day)}
        for day in days
        for row in (rows if day == days[0] else measured)
    ]


def _result(story: Story, row: Row, day: str) -> str:
    if row["type"] == "date":
        return day
    if row["type"] != "number" or row["disease"]:
        return row["example"]
    decimals = len(row["example"].partition(".")[2])
    return f"{float(row['example']) * (0.97 + story.drawn(7) / 100):.{decimals}f}"


def scales(story: Story, table: str, disease: str, parts: bool = False) -> Value:
    """An element for each severity scale of a disease, or the one for all when it has none of its own.

    ``parts`` also gives those that are parts of a total (column ``total``).
    """
    wanted = story.fill(disease)
    rows = [
        row for row in story.stock.codes(table, story.day("Author/WrittenOn")) if parts or not row["total"]
    ]
    own = [row for row in rows if wanted in row["disease"].split()]
    return [{"@code": row["code"], "": row["example"]} for row in own or rows if own or not row["disease"]]
