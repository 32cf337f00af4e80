"""Write partners.csv, deals.csv and the shared products.csv of the Acme sample, the same ones every time.

Run it as `python rulesets/acme_partner_programme/data/make_data.py`. The partners are invented. What is
untidy in the files is what exports of a portal and an order system are like, and the ruleset declares all of it.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

AS_OF = date(2026, 6, 30)
FIRST_DEAL = date(2024, 1, 2)
PARTNERS = 200
DEALS = 3_000
SHOWCASE = "P-017"  # gold, and a little short of platinum: the partner that the guide explains
SHOWCASE_REVENUE_CENTS = 96_240_000

COUNTRIES = {
    "NA": ["United States", "United States", "United States", "Canada", "Mexico"],
    "EMEA": ["Germany", "Germany", "Austria", "Switzerland", "France", "United Kingdom", "Spain", "Poland", "Norway"],
    "APAC": ["Japan", "Australia", "India", "Singapore", "South Korea"],
}
LINES = {
    "cloud": ["Landing zone", "Managed platform", "Migration pack", "Backup cloud"],
    "security": ["Identity suite", "Endpoint shield", "Security monitoring"],
    "data": ["Lakehouse", "Reporting desk", "Data quality"],
    "hardware": ["Edge server", "Storage array"],
}
FIRST_WORDS = [
    "Alder",
    "Baltic",
    "Cedar",
    "Delta",
    "Ember",
    "Fjord",
    "Granite",
    "Harbour",
    "Indigo",
    "Juniper",
    "Kestrel",
]
LAST_WORDS = ["Systems", "Consulting", "Networks", "Data", "Solutions", "Digital", "Partners", "Cloud", "Works"]


def main() -> None:
    """Write the two files beside this script, and the price list that rulesets share."""
    random = Random(2026)
    folder = Path(__file__).parent
    products = make_products()
    appetites = make_appetites(random)
    partners = [make_partner(random, partner_id, appetite) for partner_id, appetite in appetites.items()]
    deals = make_deals(random, partners, list(appetites.values()), products)
    write(folder.parents[1] / "shared" / "products.csv", products)
    write(folder / "partners.csv", partners)
    write(folder / "deals.csv", deals)


def make_products() -> list[dict[str, str]]:
    """List the products on sale, numbered within their line."""
    return [
        {"sku": f"{line[:2].upper()}-{number:02}", "name": name, "line": line}
        for line, names in LINES.items()
        for number, name in enumerate(names, start=1)
    ]


def make_appetites(random: Random) -> dict[str, float]:
    """Say how much each partner sells, by its ID: many sell little, few sell much, some nothing at all."""
    ids = [f"P-{number:03}" for number in range(1, PARTNERS + 1)]
    appetites = {partner_id: min(25.0, random.paretovariate(1.1)) for partner_id in ids}
    return appetites | dict.fromkeys(random.sample(ids, 8), 0.0) | {SHOWCASE: 12.0}


def make_partner(random: Random, partner_id: str, appetite: float) -> dict[str, str]:
    """Make a partner. Who sells more is larger and better trained, as a rule."""
    region = random.choices(["NA", "EMEA", "APAC"], [35, 45, 20])[0]
    newcomer = random.random() < 0.12
    days = random.randint(5, 350) if newcomer else random.randint(380, 4_000)
    partner = {
        "partner_id": partner_id,
        "name": f"{random.choice(FIRST_WORDS)} {random.choice(LAST_WORDS)}",
        "region": region,
        "country": random.choice(COUNTRIES[region]) if random.random() > 0.04 else "",
        "employees": make_employees(random, appetite),
        "certifications": str(min(40, int(random.expovariate(1 / (3 + appetite))))),
        "specialisms": ";".join(line for line in LINES if random.random() < 0.4),
        "csat": make_csat(random),
        "joined_on": (AS_OF - timedelta(days=days)).isoformat(),
        "opted_out": "true" if random.random() < 0.06 else "false",
    }
    return partner | showcase() if partner_id == SHOWCASE else partner


def showcase() -> dict[str, str]:
    return {
        "name": "Nordlicht Systemhaus",
        "region": "EMEA",
        "country": "Germany",
        "employees": "140",
        "certifications": "12",
        "specialisms": "cloud;security",
        "csat": "4.4",
        "joined_on": "2019-03-11",
        "opted_out": "false",
    }


def make_employees(random: Random, appetite: float) -> str:
    if random.random() < 0.03:
        return "n/a"
    return str(1 + round(random.lognormvariate(3.2 + min(appetite, 10) / 8, 1.2)))


def make_csat(random: Random) -> str:
    answered = random.random()
    if answered < 0.10:
        return ""
    if answered < 0.16:
        return "Not Available"
    return f"{min(5.0, max(1.0, random.gauss(4.0, 0.7))):.1f}"


def make_deals(
    random: Random, partners: list[dict[str, str]], appetites: list[float], products: list[dict[str, str]]
) -> list[dict[str, str]]:
    """Make the deals, oldest first."""
    chosen = random.choices(range(len(partners)), appetites, k=DEALS)
    deals = [make_deal(random, partners[index], appetites[index], products) for index in chosen]
    deals.sort(key=lambda deal: deal["closed_on"])
    spoil(random, deals)
    settle_showcase(deals)
    return [{"deal_id": f"D-{number:05}"} | deal for number, deal in enumerate(deals, start=1)]


def make_deal(
    random: Random, partner: dict[str, str], appetite: float, products: list[dict[str, str]]
) -> dict[str, str]:
    first_day = max(FIRST_DEAL, date.fromisoformat(partner["joined_on"]))
    closed_on = first_day + timedelta(days=random.randint(0, (AS_OF - first_day).days))
    liked = [product for product in products if product["line"] in partner["specialisms"].split(";")]
    product = random.choice(liked if liked and random.random() < 0.6 else products)
    amount = random.lognormvariate(9.2, 0.9) * (1 + appetite / 7)
    discount = random.choice(["0", "0", "0.05", "0.10", "0.125", "0.15", "0.20", ""])
    return {
        "partner_id": partner["partner_id"],
        "sku": product["sku"],
        "status": "cancelled" if random.random() < 0.05 else "won",
        "closed_on": closed_on.isoformat(),
        "amount": f"{amount:.2f}",
        "discount": discount,
    }


def spoil(random: Random, deals: list[dict[str, str]]) -> None:
    """Put in what order systems leave behind: products off the list, partners who left, a status nobody entered."""
    others = [deal for deal in deals if deal["partner_id"] != SHOWCASE]
    for deal in random.sample(others, 12):
        deal["sku"] = "HW-99"
    for deal in random.sample(others, 3):
        deal["partner_id"] = "P-901"
    for deal in random.sample(others, 5):
        deal["status"] = ""


def settle_showcase(deals: Sequence[dict[str, str]]) -> None:
    """Give the showcase partner its revenue of the last twelve months, to the cent."""
    window = [deal for deal in deals if deal["partner_id"] == SHOWCASE and is_recent(deal)]
    scale = SHOWCASE_REVENUE_CENTS / sum(cents(deal) for deal in window)
    for deal in window:
        deal["discount"] = "0"
        deal["amount"] = f"{cents(deal) * scale / 100:.2f}"
    rest = SHOWCASE_REVENUE_CENTS - sum(cents(deal) for deal in window[:-1])
    window[-1]["amount"] = f"{rest // 100}.{rest % 100:02}"


def is_recent(deal: dict[str, str]) -> bool:
    return deal["status"] == "won" and deal["closed_on"] > "2025-06-30"


def cents(deal: dict[str, str]) -> int:
    return int(deal["amount"].replace(".", ""))


def write(path: Path, rows: Sequence[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
