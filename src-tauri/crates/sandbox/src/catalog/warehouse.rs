//! The places stock lies in.

/// A warehouse area, one per country.
#[derive(Debug)]
pub(crate) struct Area {
    pub(crate) id: u32,
    pub(crate) country: &'static str,
    pub(crate) country_name: &'static str,
    pub(crate) name: &'static str,
    pub(crate) chinese: &'static str,
}

/// All of them; China first, and the others as likely as [`share`] says.
pub(crate) static AREAS: [Area; 5] = [
    area(1, "CN", "China", "China Warehouse", "中国仓"),
    area(2, "US", "United States", "US Warehouse", "美国仓"),
    area(3, "DE", "Germany", "Germany Warehouse", "德国仓"),
    area(4, "GB", "United Kingdom", "UK Warehouse", "英国仓"),
    area(5, "FR", "France", "France Warehouse", "法国仓"),
];

const fn area(
    id: u32,
    country: &'static str,
    country_name: &'static str,
    name: &'static str,
    chinese: &'static str,
) -> Area {
    Area {
        id,
        country,
        country_name,
        name,
        chinese,
    }
}

/// One product in how many has stock in the area.
pub(crate) const fn share(area: usize) -> u64 {
    match area {
        0 => 1,
        1 => 4,
        2 => 12,
        3 => 20,
        _ => 24,
    }
}

/// What of one variant lies in one country.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Holding {
    pub(crate) area: &'static Area,
    /// Pieces in CJ's own warehouse.
    pub(crate) cj: u64,
    /// Pieces the supplier's factory says it has.
    pub(crate) factory: u64,
}

impl Holding {
    pub(crate) fn total(&self) -> u64 {
        self.cj + self.factory
    }

    /// CJ's `verifiedWarehouse`: 1 counted by CJ, 2 only said by the supplier.
    pub(crate) fn verified(&self) -> u8 {
        if self.cj > 0 { 1 } else { 2 }
    }
}
