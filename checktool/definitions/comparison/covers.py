"""What the cover sheets say: edition, forms, limits, encoding; and the severity profiles."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

from checktool.definitions import cover
from checktool.definitions.comparison.change import Change, Kind, Section, differing, parted
from checktool.model.definition import FIRST_DAY, LAST_DAY, DefinitionPack, Form
from checktool.model.report import Override


def edition(one: DefinitionPack, other: DefinitionPack) -> Iterator[Change]:
    """Id, edition, title, status and dates."""
    yield from differing(Section.EDITION, "pack.toml", _facts(one), _facts(other))
    for code in sorted(other.off - one.off):
        yield Change(Section.EDITION, Kind.ADDED, code, "off", (("code", code),))
    for code in sorted(one.off - other.off):
        yield Change(Section.EDITION, Kind.REMOVED, code, "on", (("code", code),))


def _facts(pack: DefinitionPack) -> dict[str, object]:
    return {
        "id": pack.info.id,
        "edition": pack.info.edition,
        "title": pack.info.title,
        "status": pack.info.status,
        "valid_from": _day(pack.valid_from),
        "valid_to": _day(pack.valid_to),
        "published_on": pack.published_on,
        "grace_until": pack.grace_until,
        "replaces": pack.replaces,
        "container": pack.container,
        "placeholders": "、".join(pack.placeholders),
    }


def _day(day: date) -> str:
    return "" if day in (FIRST_DAY, LAST_DAY) else day.isoformat()


def named(pack: DefinitionPack) -> dict[str, Form]:
    """The forms by id; where several share one, by id and versions."""
    ids = [form.id for form in pack.forms]
    return {
        form.id if ids.count(form.id) == 1 else f"{form.id} {' '.join(form.versions)}": form
        for form in pack.forms
    }


def forms(one: DefinitionPack, other: DefinitionPack) -> Iterator[Change]:
    """Forms that come and go, and what is said of them."""
    added, removed, both = parted(named(one), named(other))
    for key in added:
        yield Change(Section.FORMS, Kind.ADDED, key, "added", (("name", named(other)[key].name),))
    for key in removed:
        yield Change(Section.FORMS, Kind.REMOVED, key, "removed", (("name", named(one)[key].name),))
    for key, before, after in both:
        yield from differing(Section.FORMS, key, _form(before), _form(after), name=after.name)


def _form(form: Form) -> dict[str, object]:
    batch = {key: "、".join(paths) for key, paths in asdict(form.batch).items()}
    return {
        "title": form.name,
        "root": form.root,
        "match": form.match,
        "version": form.version,
        "versions": "、".join(form.versions),
        "date": form.date,
        "phase": form.phase,
        "xsd": form.xsd.name if form.xsd else "",
        "files": "、".join(path.name for path in form.rules),
        "batch": "; ".join(f"{key}={paths}" for key, paths in batch.items() if paths),
    }


def limits(one: DefinitionPack, other: DefinitionPack) -> Iterator[Change]:
    """Every bound that differs; its name is the subject."""
    after = asdict(other.limits)
    for key, before in asdict(one.limits).items():
        if before != after[key]:
            params = (("before", str(before)), ("after", str(after[key])))
            yield Change(Section.LIMITS, Kind.CHANGED, key, "limit", params)


def encoding(one: DefinitionPack, other: DefinitionPack) -> Iterator[Change]:
    """Accepted encodings and the repertoire of characters."""
    facts = [
        {"accepted": "、".join(pack.encoding.accepted), "repertoire": pack.encoding.repertoire}
        for pack in (one, other)
    ]
    yield from differing(Section.ENCODING, "encoding", *facts)


def profiles(one: DefinitionPack, other: DefinitionPack) -> Iterator[Change]:
    """Profiles that come and go, and the severities that they change. Raises PackError P011."""
    added, removed, both = parted(_profiles(one), _profiles(other))
    for name in added:
        yield Change(Section.PROFILES, Kind.ADDED, name, "added")
    for name in removed:
        yield Change(Section.PROFILES, Kind.REMOVED, name, "removed")
    for name, before, after in both:
        for code in sorted({*before, *after}):
            words = [table[code].severity if code in table else "" for table in (before, after)]
            reasons = [table[code].reason if code in table else "" for table in (before, after)]
            if words[0] != words[1]:
                params = (("code", code), ("before", words[0]), ("after", words[1]))
                yield Change(Section.PROFILES, Kind.CHANGED, name, "severity", params)
            elif reasons[0] != reasons[1]:
                params = (("code", code), ("before", reasons[0]), ("after", reasons[1]))
                yield Change(Section.PROFILES, Kind.CHANGED, name, "reason", params)


def _profiles(pack: DefinitionPack) -> dict[str, dict[str, Override]]:
    paths = sorted((pack.rules_folder / "profiles").glob("*.toml"))
    return {
        path.stem: {change.code: change for change in cover.profile(pack.rules_folder, path.stem)}
        for path in paths
    }
