"""The portfolio as the JSON registries that other systems read."""

from typing import Any

from omnigrid.model.portfolio import Brand, Health, Portfolio, Sector, health_status
from omnigrid.plan.health import Healths

PUBLISH_SECONDS = 180
HEATMAP_COLOURS = {
    Health.EMERALD: "#4ECDC4",
    Health.AMBER: "#ffa500",
    Health.RED: "#ff6b6b",
    Health.GREY: "#9aa0a6",
}


def registries(portfolio: Portfolio) -> dict[str, Any]:
    """Return the registries by their file names."""
    healths = Healths(portfolio).by_sector()
    return {
        "faa_brands_registry.json": {
            "portfolio": portfolio.config.name,
            "brand_count": len(portfolio.brands),
            "brands": [
                _brand(brand, healths[brand.sector], portfolio) for brand in portfolio.brands
            ],
        },
        "sector_mappings.json": {
            "sector_count": len(portfolio.sectors),
            "sectors": [
                _sector(sector, healths[sector.id], portfolio) for sector in portfolio.sectors
            ],
        },
        "template_registry.json": {
            "template_type_count": len(portfolio.packs),
            "templates": _templates(portfolio),
        },
        "codenest_api_config.json": _api(portfolio),
    }


def _brand(brand: Brand, health: int | None, portfolio: Portfolio) -> dict[str, Any]:
    status = health_status(health)
    return {
        "id": brand.id,
        "name": brand.name,
        "owner": brand.owner,
        "sector": brand.sector,
        "template_id": brand.template,
        "template_type": portfolio.packs[brand.template].name,
        "tagline": brand.tagline,
        "description": brand.description,
        "keywords": brand.keywords,
        "trademark_classes": brand.trademark.classes,
        "filing_jurisdictions": brand.trademark.jurisdictions,
        "license_tier": brand.license.tier if brand.license else None,
        "deployment_priority": brand.priority,
        "heatmap_color": HEATMAP_COLOURS[status],
        "domain": brand.domain,
    }


def _sector(sector: Sector, health: int | None, portfolio: Portfolio) -> dict[str, Any]:
    brands = [brand.id for brand in portfolio.brands if brand.sector == sector.id]
    return {
        "id": sector.id,
        "name": sector.name,
        "health": health,
        "status": health_status(health),
        "color": sector.color,
        "description": sector.description,
        "brands": brands,
        "brand_count": len(brands),
    }


def _templates(portfolio: Portfolio) -> list[dict[str, Any]]:
    return [
        {
            "id": pack_id,
            "type": pack_id,
            "name": pack.name,
            "location": f"template_packs/{pack_id}",
            "features": pack.features,
            "version": pack.version,
            "estimated_deployment_time": PUBLISH_SECONDS,
            "brands_count": sum(1 for brand in portfolio.brands if brand.template == pack_id),
        }
        for pack_id, pack in sorted(portfolio.packs.items())
    ]


def _api(portfolio: Portfolio) -> dict[str, Any]:
    """Return where the answers of the query API stand, as static files."""
    return {
        "portfolio": portfolio.config.name,
        "base_url": portfolio.config.base_url,
        "endpoints": {
            "GET /": "api/index.json",
            "GET /brand/{id}": "api/brands/{id}.json",
            "GET /sector/{id}": "api/sectors/{id}.json",
            "GET /sectors/all": "api/sectors.json",
            "GET /template/{id}": "api/templates.json",
            "GET /status": "api/status.json",
        },
    }
