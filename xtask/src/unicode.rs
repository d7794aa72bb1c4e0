//! Packs the properties of characters that patterns name: `vsc-spec/src/unicode.rs` documents the layout.
//!
//! They are from the Unicode Character Database, as the crate regress has it.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use regress::Regex;

/// General categories, and binary properties: Unicode Standard Annex #44.
const PROPERTIES: [&str; 36] = [
    "Lu",
    "Ll",
    "Lt",
    "Lm",
    "Lo",
    "Mn",
    "Mc",
    "Me",
    "Nd",
    "Nl",
    "No",
    "Pc",
    "Pd",
    "Ps",
    "Pe",
    "Pi",
    "Pf",
    "Po",
    "Sm",
    "Sc",
    "Sk",
    "So",
    "Zs",
    "Zl",
    "Zp",
    "Cc",
    "Cf",
    "Cs",
    "Co",
    "Cn",
    "ASCII",
    "Alphabetic",
    "Lowercase",
    "Uppercase",
    "Ideographic",
    "White_Space",
];

/// Scripts with their aliases: `PropertyValueAliases.txt`.
const SCRIPTS: &str = "\
    Adlam|Adlm Caucasian_Albanian|Aghb Ahom Arabic|Arab Imperial_Aramaic|Armi Armenian|Armn \
    Avestan|Avst Balinese|Bali Bamum|Bamu Bassa_Vah|Bass Batak|Batk Bengali|Beng \
    Beria_Erfe|Berf Bhaiksuki|Bhks Bopomofo|Bopo Brahmi|Brah Braille|Brai Buginese|Bugi \
    Buhid|Buhd Chakma|Cakm Canadian_Aboriginal|Cans Carian|Cari Cham Cherokee|Cher \
    Chorasmian|Chrs Coptic|Copt|Qaac Cypro_Minoan|Cpmn Cypriot|Cprt Cyrillic|Cyrl \
    Devanagari|Deva Dives_Akuru|Diak Dogra|Dogr Deseret|Dsrt Duployan|Dupl \
    Egyptian_Hieroglyphs|Egyp Elbasan|Elba Elymaic|Elym Ethiopic|Ethi Garay|Gara \
    Georgian|Geor Glagolitic|Glag Gunjala_Gondi|Gong Masaram_Gondi|Gonm Gothic|Goth \
    Grantha|Gran Greek|Grek Gujarati|Gujr Gurung_Khema|Gukh Gurmukhi|Guru Hangul|Hang \
    Han|Hani Hanunoo|Hano Hatran|Hatr Hebrew|Hebr Hiragana|Hira Anatolian_Hieroglyphs|Hluw \
    Pahawh_Hmong|Hmng Nyiakeng_Puachue_Hmong|Hmnp Old_Hungarian|Hung Old_Italic|Ital \
    Javanese|Java Kayah_Li|Kali Katakana|Kana Kawi Kharoshthi|Khar Khmer|Khmr Khojki|Khoj \
    Khitan_Small_Script|Kits Kannada|Knda Kirat_Rai|Krai Kaithi|Kthi Tai_Tham|Lana Lao|Laoo \
    Latin|Latn Lepcha|Lepc Limbu|Limb Linear_A|Lina Linear_B|Linb Lisu Lycian|Lyci \
    Lydian|Lydi Mahajani|Mahj Makasar|Maka Mandaic|Mand Manichaean|Mani Marchen|Marc \
    Medefaidrin|Medf Mende_Kikakui|Mend Meroitic_Cursive|Merc Meroitic_Hieroglyphs|Mero \
    Malayalam|Mlym Modi Mongolian|Mong Mro|Mroo Meetei_Mayek|Mtei Multani|Mult Myanmar|Mymr \
    Nag_Mundari|Nagm Nandinagari|Nand Old_North_Arabian|Narb Nabataean|Nbat Newa Nko|Nkoo \
    Nushu|Nshu Ogham|Ogam Ol_Chiki|Olck Ol_Onal|Onao Old_Turkic|Orkh Oriya|Orya Osage|Osge \
    Osmanya|Osma Old_Uyghur|Ougr Palmyrene|Palm Pau_Cin_Hau|Pauc Old_Permic|Perm \
    Phags_Pa|Phag Inscriptional_Pahlavi|Phli Psalter_Pahlavi|Phlp Phoenician|Phnx Miao|Plrd \
    Inscriptional_Parthian|Prti Rejang|Rjng Hanifi_Rohingya|Rohg Runic|Runr Samaritan|Samr \
    Old_South_Arabian|Sarb Saurashtra|Saur SignWriting|Sgnw Shavian|Shaw Sharada|Shrd \
    Siddham|Sidd Sidetic|Sidt Khudawadi|Sind Sinhala|Sinh Sogdian|Sogd Old_Sogdian|Sogo \
    Sora_Sompeng|Sora Soyombo|Soyo Sundanese|Sund Sunuwar|Sunu Syloti_Nagri|Sylo \
    Syriac|Syrc Tagbanwa|Tagb Takri|Takr Tai_Le|Tale New_Tai_Lue|Talu Tamil|Taml \
    Tangut|Tang Tai_Viet|Tavt Tai_Yo|Tayo Telugu|Telu Tifinagh|Tfng Tagalog|Tglg \
    Thaana|Thaa Thai Tibetan|Tibt Tirhuta|Tirh Tangsa|Tnsa Todhri|Todr Tolong_Siki|Tols \
    Toto Tulu_Tigalari|Tutg Ugaritic|Ugar Vai|Vaii Vithkuqi|Vith Warang_Citi|Wara \
    Wancho|Wcho Old_Persian|Xpeo Cuneiform|Xsux Yezidi|Yezi Yi|Yiii Zanabazar_Square|Zanb \
    Inherited|Zinh|Qaai Common|Zyyy Unknown|Zzzz";

/// The bytes of `unicode.bin`.
pub(crate) fn pack() -> Result<Vec<u8>, String> {
    let every = every_character();
    let lines = properties().map(|names| line(&names, &every));
    let text = lines.collect::<Result<String, String>>()?;
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder
        .write_all(text.as_bytes())
        .and_then(|()| encoder.finish())
        .map_err(|error| error.to_string())
}

/// The names of each property.
fn properties() -> impl Iterator<Item = Vec<String>> {
    let scripts = SCRIPTS.split_whitespace().map(|names| {
        let full = names.split('|').map(|name| format!("Script={name}"));
        full.collect()
    });
    let properties = PROPERTIES.iter().map(|name| vec![(*name).to_owned()]);
    properties.chain(scripts)
}

fn every_character() -> String {
    ('\0'..=char::MAX).collect()
}

/// The line of a property.
fn line(names: &[String], every: &str) -> Result<String, String> {
    let mut line = names.join("|");
    let ranges = ranges(&names[0], every)?;
    if ranges.is_empty() {
        return Err(format!("no character is {line}"));
    }
    let mut next = 0;
    for (first, last) in ranges {
        write!(line, " {}+{}", first - next, last - first).map_err(|error| error.to_string())?;
        next = last;
    }
    line.push('\n');
    Ok(line)
}

/// The ranges of a property among all characters.
fn ranges(name: &str, every: &str) -> Result<Vec<(u32, u32)>, String> {
    // Halves of pairs in UTF-16 are code points, but not characters.
    if name == "Cs" {
        return Ok(vec![(0xd800, 0xdfff)]);
    }
    let pattern = Regex::with_flags(&format!(r"\p{{{name}}}+"), "u");
    let pattern = pattern.map_err(|error| format!("{name}: {error}"))?;
    let code = |letter: Option<char>| letter.map_or(0, u32::from);
    let found = pattern.find_iter(every).map(|found| {
        let found = &every[found.range()];
        (code(found.chars().next()), code(found.chars().next_back()))
    });
    Ok(found.collect())
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::DeflateDecoder;

    use super::*;

    #[test]
    fn the_file_is_what_the_database_gives() {
        let path = crate::workspace().join("vsc-spec/data/unicode.bin");
        let packed = std::fs::read(path).expect("it is there");
        let mut tree = String::new();
        let read = DeflateDecoder::new(&packed[..]).read_to_string(&mut tree);
        read.expect("it is deflated");
        let names = tree.lines().filter_map(|line| line.split(' ').next());
        let expected = properties().map(|names| names.join("|"));
        assert!(names.eq(expected), "run `cargo xtask unicode`");
        // All of them take a minute.
        let every = every_character();
        for (names, known) in properties().zip(tree.lines()).step_by(16) {
            let line = line(&names, &every).expect("it is known");
            assert!(
                line.trim_end() == known,
                "{names:?}: run `cargo xtask unicode`"
            );
        }
    }

    #[test]
    fn unknown_properties_are_errors() {
        let error = ranges("Letters", "a").expect_err("there is none");
        assert!(error.starts_with("Letters: "), "{error}");
        assert_eq!(ranges("Lu", "aBCdE"), Ok(vec![(66, 67), (69, 69)]));
    }
}
