//! The words of a search: cut as the index cuts them, written as its expression, and compared with a product's own.

/// Words of a search that count; more are left out.
const MOST: usize = 8;

/// The words of a text, cut and folded as the index does it.
pub fn tokens(text: &str) -> Vec<String> {
    cut(&plain(text)).take(MOST).map(str::to_owned).collect()
}

/// Every word must be there; with `starts` the last of `words` may be the beginning of one, because the owner is still typing.
/// `whole` are whole words.
pub fn expression(words: &[String], whole: &[String], starts: bool) -> String {
    let mut text = String::new();
    for word in whole.iter().chain(words) {
        // Words are letters and digits, so nothing in them ends the quotes.
        text.push_str(if text.is_empty() { "\"" } else { " \"" });
        text.push_str(word);
        text.push('"');
    }
    if starts && !words.is_empty() {
        text.push('*');
    }
    text
}

/// How well a product answers the words, by its title, SKU and category; none when one of them is missing.
pub fn points(
    title: &str,
    sku: Option<&str>,
    category: Option<&str>,
    words: &[String],
    starts: bool,
) -> Option<i64> {
    if words.is_empty() {
        return Some(0);
    }
    let title = plain(title);
    let title: Vec<&str> = cut(&title).collect();
    let rest = plain(&format!(
        "{} {}",
        sku.unwrap_or_default(),
        category.unwrap_or_default()
    ));
    let early = |position: usize| 20 - i64::try_from(position).unwrap_or(20).min(20);
    let mut points = 0;
    for (index, word) in words.iter().enumerate() {
        let start = starts && index + 1 == words.len();
        let fits =
            |candidate: &&str| candidate == word || (start && candidate.starts_with(word.as_str()));
        if let Some(position) = title.iter().position(|candidate| candidate == word) {
            points += 20 + early(position);
        } else if let Some(position) = title.iter().position(fits) {
            points += 5 + early(position);
        } else if cut(&rest).any(|candidate| fits(&candidate)) {
            points += 3;
        } else {
            return None;
        }
    }
    Some(points - i64::try_from(title.len()).unwrap_or(0).min(20))
}

fn cut(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Small letters without accents, as the index has them (`unicode61 remove_diacritics`), for the languages listings come in.
fn plain(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars()
        .flat_map(char::to_lowercase)
        // Accents written as letters of their own.
        .filter(|letter| !('\u{300}'..='\u{36f}').contains(letter))
        .map(|letter| match letter {
            'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
            'ç' | 'ć' | 'č' => 'c',
            'ď' => 'd',
            'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
            'ğ' => 'g',
            'ì'..='ï' | 'ī' => 'i',
            'ñ' | 'ń' | 'ň' => 'n',
            'ò'..='ö' | 'ō' | 'ő' => 'o',
            'ř' => 'r',
            'ś' | 'š' | 'ş' => 's',
            'ť' => 't',
            'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
            'ý' | 'ÿ' => 'y',
            'ź' | 'ż' | 'ž' => 'z',
            other => other,
        })
        .collect()
}
