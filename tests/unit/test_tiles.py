"""The tile map: every province once, every special zone in its province."""

from vuon.challenges import tiles
from vuon.challenges.units import communes, units


def test_every_present_province_has_one_tile_of_its_own():
    grid = tiles.grid()
    present = [unit.key for unit in units().values() if unit.kind == "province" and not unit.until]
    assert len(grid) == 34
    assert sorted(tile.key for tile in grid) == sorted(present)
    assert len({(tile.row, tile.column) for tile in grid}) == 34


def test_the_thirteen_special_zones_are_named_in_their_provinces():
    zones = {(zone, tile.key) for tile in tiles.grid() for zone in tile.zones}
    assert len(zones) == 13
    assert {("Hoàng Sa", "da-nang"), ("Trường Sa", "khanh-hoa")} <= zones
    assert zones == {
        (unit.vi, unit.province) for unit in communes().values() if unit.kind == "zone"
    }
