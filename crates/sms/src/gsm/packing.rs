//! Septets packed into octets (3GPP TS 23.038, section 6.1.2.1), with the fill bits that follow a header.

/// How many bits stand between a header of so many octets and the first septet, which begins on a septet boundary.
#[must_use]
pub fn fill_bits(header_octets: usize) -> usize {
    (header_octets * 8).next_multiple_of(7) - header_octets * 8
}

/// Packs septets after `fill` zero bits (0 to 6).
#[must_use]
pub fn pack(septets: &[u8], fill: usize) -> Vec<u8> {
    let mut octets = vec![0; (fill + septets.len() * 7).div_ceil(8)];
    for (n, septet) in septets.iter().enumerate() {
        let bit = fill + n * 7;
        let shifted = u16::from(septet & 0x7f) << (bit % 8);
        let [low, high] = shifted.to_le_bytes();
        octets[bit / 8] |= low;
        if high != 0 {
            octets[bit / 8 + 1] |= high;
        }
    }
    octets
}

/// Unpacks at most `count` septets after `fill` bits; as many as there are where octets lack.
///
/// Where only the octets' number is known, seven spare bits at the end read as one more "@".
#[must_use]
pub fn unpack(octets: &[u8], fill: usize, count: usize) -> Vec<u8> {
    let there = (octets.len() * 8).saturating_sub(fill) / 7;
    (0..count.min(there))
        .map(|n| {
            let bit = fill + n * 7;
            let high = octets.get(bit / 8 + 1).copied().unwrap_or(0);
            let both = u16::from_le_bytes([octets[bit / 8], high]);
            (both >> (bit % 8)) as u8 & 0x7f
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_texts_pack_as_the_network_packs_them() {
        assert_eq!(
            pack(b"hellohello", 0),
            [0xe8, 0x32, 0x9b, 0xfd, 0x46, 0x97, 0xd9, 0xec, 0x37]
        );
        assert_eq!(pack(b"AB", 1), [0x82, 0x42]);
        assert!(pack(b"", 0).is_empty());
    }

    #[test]
    fn a_header_of_six_octets_takes_one_fill_bit_and_one_of_seven_takes_none() {
        assert_eq!([0, 1, 5, 6, 7, 8].map(fill_bits), [0, 6, 2, 1, 0, 6]);
    }

    #[test]
    fn a_count_beyond_the_octets_reads_what_is_there() {
        assert_eq!(unpack(&[0x41], 0, 100), [0x41]);
        assert!(unpack(&[], 6, 100).is_empty());
        assert!(unpack(&[0xff], 6, 100).is_empty());
    }

    proptest! {
        #[test]
        fn what_is_packed_unpacks(
            septets in proptest::collection::vec(0u8..128, 0..200),
            fill in 0usize..7,
        ) {
            let octets = pack(&septets, fill);
            prop_assert_eq!(octets.len(), (septets.len() * 7 + fill).div_ceil(8));
            prop_assert_eq!(unpack(&octets, fill, septets.len()), septets);
        }
    }
}
