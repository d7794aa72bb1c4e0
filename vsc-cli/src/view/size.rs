//! Sizes of files and disks.

/// A number of bytes in its largest unit, with one decimal: `1.5 GiB`.
pub(crate) fn bytes(bytes: u64) -> String {
    let units = [("GiB", 1_u64 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];
    let fitting = units.into_iter().find(|(_, size)| bytes >= *size);
    match fitting {
        Some((unit, size)) => {
            // Integers alone: a tenth of the unit is the smallest difference that is shown.
            let tenths = u128::from(bytes) * 10 / u128::from(size);
            format!("{}.{} {unit}", tenths / 10, tenths % 10)
        }
        None if bytes == 1 => "1 byte".to_owned(),
        None => format!("{bytes} bytes"),
    }
}

/// A number of MiB in its largest unit.
pub(crate) fn mib(mib: u64) -> String {
    bytes(mib.saturating_mul(1 << 20))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_their_largest_unit() {
        for (size, shown) in [
            (0, "0 bytes"),
            (1, "1 byte"),
            (1_023, "1023 bytes"),
            (1_024, "1.0 KiB"),
            (1_600_000, "1.5 MiB"),
            ((10 << 30) - 1, "9.9 GiB"),
            (u64::MAX, "17179869183.9 GiB"),
        ] {
            assert_eq!(bytes(size), shown);
        }
        assert_eq!(mib(10_240), "10.0 GiB");
        assert_eq!(mib(u64::MAX), bytes(u64::MAX));
    }
}
