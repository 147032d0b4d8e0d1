//! The guides as their readers see them: sections with blocks of commands. A block with the info string
//! `sh` is run by a test, and one with `sh no-test: REASON` is not.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd};

/// A guide in `docs/guides`.
pub(super) struct Page {
    pub(super) name: String,
    pub(super) sections: Vec<Section>,
}

/// A section of a guide, with the commands in it.
#[derive(Default)]
pub(super) struct Section {
    pub(super) title: String,
    pub(super) blocks: Vec<Block>,
}

/// A block of commands.
pub(super) struct Block {
    pub(super) commands: String,
    /// The reason why no test runs the block.
    pub(super) untested: Option<String>,
}

impl Block {
    /// Returns `None` for a block that contains no commands, such as a part of a config file.
    fn new(info: &str) -> Option<Self> {
        let (language, rest) = info.split_once(' ').unwrap_or((info, ""));
        let untested = rest.strip_prefix("no-test: ").map(str::to_owned);
        assert!(rest.is_empty() || untested.is_some(), "```{info}");
        (language == "sh").then_some(Self {
            commands: String::new(),
            untested,
        })
    }
}

impl Page {
    /// Reads a guide by its name, which is the generator's.
    pub(super) fn read(name: &str) -> Self {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guides");
        let text = std::fs::read_to_string(folder.join(name).with_extension("md"))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut sections = vec![Section::default()];
        let (mut is_title, mut block) = (false, None);
        for event in Parser::new(&text) {
            if let Event::Start(Tag::Heading {
                level: HeadingLevel::H2,
                ..
            }) = event
            {
                sections.push(Section::default());
                is_title = true;
            }
            let section = sections.last_mut().unwrap();
            match event {
                Event::End(TagEnd::Heading(_)) => is_title = false,
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    block = Block::new(&info);
                }
                Event::End(TagEnd::CodeBlock) => section.blocks.extend(block.take()),
                Event::Text(text) => match &mut block {
                    Some(block) => block.commands.push_str(&text),
                    None if is_title => section.title.push_str(&text),
                    None => {}
                },
                _ => {}
            }
        }
        Self {
            name: name.to_owned(),
            sections,
        }
    }

    /// Returns the blocks of the section with this title.
    pub(super) fn section(&self, title: &str) -> &[Block] {
        let section = self.sections.iter().find(|section| section.title == title);
        let section =
            section.unwrap_or_else(|| panic!("docs/guides/{}.md lacks `## {title}`", self.name));
        &section.blocks
    }
}
