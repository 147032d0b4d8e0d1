//! Posts of about 6 KB with front matter, half of them without a description.

use super::random::Random;

/// The words of the texts; some are not ASCII.
const WORDS: &str = "the of and to in is that for it as was with be by on not he his but at are this have from or had an \
    they which one you were all her she there would their we him been has when who will no more if out so up said about \
    than into them can only other time new some could these two may first then do any like my now over such our man me \
    even most made after also did many off before must well back through years much where your way down should because \
    long each just state those people too little good world make very year still see own work men day get here old \
    between both life being under three never know same last another while us might great go come since against right \
    came take fjord naïve café Grüße øre señor 東京 Straße “quoted” it’s — résumé";

const TAGS: [&str; 8] = [
    "Rust",
    "Web",
    "Databases",
    "Open Source",
    "Travel",
    "Métro",
    "C++",
    "release",
];

/// The number of words that slugs are made of: the others are not ASCII.
const PLAIN_WORDS: usize = 120;

/// The words, sentences and paragraphs of all posts.
pub(super) struct Vocabulary {
    words: Vec<&'static str>,
    sentences: Vec<String>,
    paragraphs: Vec<String>,
}

impl Vocabulary {
    pub(super) fn new(random: &mut Random) -> Self {
        let words: Vec<&str> = WORDS.split_whitespace().collect();
        let sentences: Vec<String> = (0..3000).map(|_| sentence(&words, random)).collect();
        let paragraphs = (0..2000).map(|_| {
            let count = random.between(3, 7);
            let chosen: Vec<&str> = (0..count)
                .map(|_| random.pick(&sentences).as_str())
                .collect();
            chosen.join(" ")
        });
        let paragraphs = paragraphs.collect();
        Self {
            words,
            sentences,
            paragraphs,
        }
    }

    /// Returns a sentence, cut after `most` characters.
    pub(super) fn sentence(&self, most: usize, random: &mut Random) -> String {
        random.pick(&self.sentences).chars().take(most).collect()
    }

    pub(super) fn paragraph(&self, random: &mut Random) -> &str {
        let paragraph: &String = random.pick(&self.paragraphs);
        paragraph
    }
}

fn sentence(words: &[&str], random: &mut Random) -> String {
    let count = random.between(7, 20);
    let chosen: Vec<&str> = (0..count).map(|_| *random.pick(words)).collect();
    let text = chosen.join(" ");
    let mut characters = text.chars();
    let first = characters.next().map(char::to_uppercase);
    let first: String = first.into_iter().flatten().collect();
    format!("{first}{}.", characters.as_str())
}

/// The front matter of a post.
pub(super) struct Post {
    pub(super) title: String,
    pub(super) date: String,
    pub(super) slug: String,
    pub(super) description: String,
    pub(super) tags: Vec<&'static str>,
    pub(super) image: String,
    has_description: bool,
}

impl Post {
    pub(super) fn new(number: usize, words: &Vocabulary, random: &mut Random) -> Self {
        let slug_words: Vec<&str> = (0..3)
            .map(|_| *random.pick(&words.words[..PLAIN_WORDS]))
            .collect();
        let start = random.between(0, TAGS.len());
        Self {
            title: format!(
                "Post {number}: {} (part {})",
                words.sentence(40, random).trim_end(),
                number % 9
            ),
            date: format!(
                "{}-{:02}-{:02}T{:02}:{:02}:00Z",
                2010 + number % 15,
                1 + number / 15 % 12,
                1 + number % 28,
                number % 24,
                number % 60
            ),
            slug: format!("post-{number:06}-{}", slug_words.join("-")).to_lowercase(),
            description: words.sentence(150, random),
            tags: (0..3).map(|tag| TAGS[(start + tag) % TAGS.len()]).collect(),
            image: format!("/img/{}.jpg", number % 50),
            has_description: number.is_multiple_of(2),
        }
    }

    /// Returns the post's Markdown file.
    pub(super) fn markdown(&self, words: &Vocabulary, random: &mut Random) -> String {
        let Self {
            title,
            date,
            slug,
            description,
            tags,
            image,
            has_description,
        } = self;
        let description = match has_description {
            true => format!("description: \"{description}\"\n"),
            false => String::new(),
        };
        format!(
            "---\ntitle: \"{title}\"\ndate: {date}\n{description}tags: [{}]\nimage: {image}\nauthor: Ann Example\n\
             slug: {slug}\ndraft: false\n---\n\n{}\n",
            tags.join(", "),
            body(words, random)
        )
    }
}

/// Returns a text of 4 to 8 KB.
fn body(words: &Vocabulary, random: &mut Random) -> String {
    let size = (0..4).map(|_| random.between(1000, 1900)).sum();
    let mut text = String::new();
    while text.len() < size {
        text.push_str(&block(words, random));
        text.push_str("\n\n");
    }
    text.trim_end().to_owned()
}

fn block(words: &Vocabulary, random: &mut Random) -> String {
    match random.between(0, 100) {
        0..8 => format!("## {}", words.sentence(50, random)),
        8..13 => format!(
            "```rust\nfn main() {{\n    let x = {};\n    println!(\"{{x}}\");\n}}\n```",
            random.between(0, 1000)
        ),
        13..20 => {
            let items: Vec<String> = (0..4)
                .map(|_| format!("- {}", words.sentence(usize::MAX, random)))
                .collect();
            items.join("\n")
        }
        20..28 => {
            let text: String = words.paragraph(random).chars().take(200).collect();
            format!(
                "See [the {}](https://example.org/{}) and **{}**, or `code_{}`. {text}",
                random.pick(&words.words),
                random.between(1, 100),
                random.pick(&words.words),
                random.between(1, 10)
            )
        }
        _ => words.paragraph(random).to_owned(),
    }
}
