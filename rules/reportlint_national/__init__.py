"""The national pack: the rules of the form that every government body must follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlint import Address, Preset, References, Relation, Rule, hookimpl, load_relations
from reportlint_national import (
    addresses,
    cells,
    citations,
    claim_sums,
    claims,
    editions,
    fees,
    identity,
    labels,
    lists,
    overview,
    parts,
    period,
    powers,
    residue,
    sections,
    spoken,
    subheadings,
    tables,
    title,
    totals,
    years,
    zero_filing,
)

if TYPE_CHECKING:
    from reportlint import Wording

_PACKAGE = "reportlint_national"


@hookimpl
def reportlint_rules() -> tuple[Rule, ...]:
    return (
        editions.before_unified_form,
        editions.form_edition,
        title.title,
        sections.required_sections,
        sections.section_order,
        sections.section_title,
        sections.empty_section,
        overview.overview_aspects,
        tables.required_tables,
        cells.cell_value,
        cells.blank_cell,
        totals.table_total,
        zero_filing.zero_filing,
        claims.claim_mismatch,
        claims.claim_conflict,
        claim_sums.claim_sum,
        sections.problems_and_improvement,
        fees.fee_disclosure,
        fees.fee_consistency,
        years.report_year,
        period.statistics_period,
        identity.self_reference,
        identity.organisation_name,
        citations.legal_citation,
        residue.template_residue,
        subheadings.subheading_numbering,
        lists.list_numbering,
        parts.parts_announced,
        labels.label_damage,
        powers.rule_making_power,
    )


@hookimpl
def reportlint_relations() -> tuple[tuple[Relation, str], ...]:
    return load_relations(_PACKAGE, "totals.toml")


@hookimpl
def reportlint_references() -> tuple[References, ...]:
    return (spoken.references,)


@hookimpl
def reportlint_presets() -> tuple[Preset, ...]:
    return (Preset("national", _PACKAGE, "preset.toml", default=True),)


@hookimpl
def reportlint_addresses() -> tuple[Address, ...]:
    return addresses.ADDRESSES


@hookimpl
def reportlint_wordings() -> tuple[Wording, ...]:
    # Few runs write a report.
    from reportlint import load_wordings

    return load_wordings(_PACKAGE, "wording.toml")
