//! Cutting a revision into passages: one idea each, never across headings.

use crate::text::{Block, BlockKind, CanonicalText, Span};
use std::ops::Range;

/// Below this many words a passage takes in the next blocks of its section.
const FEWEST_WORDS: usize = 60;
/// Above this many words a passage ends at the next block.
const MOST_WORDS: usize = 150;

/// Where a passage stands in its revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassageSpec {
    /// Its position among the passages of the revision.
    pub ordinal: u32,
    /// Its blocks, as indexes into the revision's blocks.
    pub blocks: Range<usize>,
    /// From its first block's start to its last block's end.
    pub span: Span,
    /// The headings, situations and question that it stands under, outermost first.
    pub trail: Vec<Span>,
}

/// Cuts blocks into passages.
///
/// Headings, situations and questions end a passage and enter the trail of what follows them. A list item or row is
/// kept with what introduces it as long as the passage stays near its largest size.
#[must_use]
pub fn split(text: &CanonicalText, blocks: &[Block]) -> Vec<PassageSpec> {
    let mut cutter = Cutter {
        text,
        blocks,
        passages: Vec::new(),
        trail: Vec::new(),
        open: None,
    };
    for (index, block) in blocks.iter().enumerate() {
        cutter.take(index, block);
    }
    cutter.close();
    cutter.passages
}

/// How deep a trail entry stands: an entry ends those at its own rank or deeper.
fn rank(kind: BlockKind) -> Option<u8> {
    match kind {
        BlockKind::Heading(level) | BlockKind::Situation(level) => Some(level),
        BlockKind::Question => Some(u8::MAX),
        _ => None,
    }
}

struct Cutter<'a> {
    text: &'a CanonicalText,
    blocks: &'a [Block],
    passages: Vec<PassageSpec>,
    trail: Vec<(u8, Span)>,
    open: Option<(Range<usize>, usize)>,
}

impl Cutter<'_> {
    fn take(&mut self, index: usize, block: &Block) {
        if let Some(rank) = rank(block.kind) {
            self.close();
            self.trail.retain(|(held, _)| *held < rank);
            self.trail.push((rank, block.span));
            return;
        }
        if block.kind == BlockKind::Field {
            self.close();
            return;
        }
        let words = self
            .text
            .slice(block.span)
            .unwrap_or_default()
            .split_whitespace()
            .count();
        let continues = matches!(block.kind, BlockKind::Item { .. } | BlockKind::Row);
        if let Some((range, held)) = &mut self.open {
            let room = *held + words <= MOST_WORDS;
            if room && (*held < FEWEST_WORDS || continues) {
                range.end = index + 1;
                *held += words;
                return;
            }
            self.close();
        }
        self.open = Some((index..index + 1, words));
    }

    fn close(&mut self) {
        let Some((blocks, _)) = self.open.take() else {
            return;
        };
        let (Some(first), Some(last)) = (self.blocks.get(blocks.start), self.blocks.get(blocks.end - 1))
        else {
            return;
        };
        self.passages.push(PassageSpec {
            ordinal: u32::try_from(self.passages.len()).unwrap_or(u32::MAX),
            span: Span::new(first.span.start, last.span.end),
            blocks,
            trail: self.trail.iter().map(|(_, span)| *span).collect(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::TextBuilder;
    use proptest::prelude::*;

    fn any_block() -> impl Strategy<Value = (BlockKind, String)> {
        let kind = prop_oneof![
            (1u8..4).prop_map(BlockKind::Heading),
            Just(BlockKind::Paragraph),
            Just(BlockKind::Item {
                ordered: true,
                depth: 0
            }),
            Just(BlockKind::Row),
            Just(BlockKind::Question),
            Just(BlockKind::Field),
        ];
        (
            kind,
            prop::collection::vec("[a-zé]{1,8}", 1..90).prop_map(|words| words.join(" ")),
        )
    }

    proptest! {
        #[test]
        fn passages_hold_every_quotable_block_once_and_never_cross_a_heading(blocks in prop::collection::vec(any_block(), 0..30)) {
            let mut builder = TextBuilder::new();
            for (kind, content) in &blocks {
                builder.push(*kind, content);
            }
            let (text, blocks) = builder.finish();
            let passages = split(&text, &blocks);
            let mut covered = vec![0; blocks.len()];
            for passage in &passages {
                for index in passage.blocks.clone() {
                    covered[index] += 1;
                    prop_assert!(rank(blocks[index].kind).is_none() && blocks[index].kind != BlockKind::Field);
                }
            }
            for (block, times) in blocks.iter().zip(covered) {
                if rank(block.kind).is_none() && block.kind != BlockKind::Field {
                    prop_assert_eq!(times, 1);
                }
            }
        }
    }

    #[test]
    fn a_passage_knows_the_headings_it_stands_under() {
        let mut builder = TextBuilder::new();
        builder.push(BlockKind::Heading(1), "Tarifs");
        builder.push(BlockKind::Heading(2), "Enfants");
        builder.push(BlockKind::Paragraph, "Deux euros.");
        builder.push(BlockKind::Heading(2), "Adultes");
        builder.push(BlockKind::Paragraph, "Quatre euros.");
        let (text, blocks) = builder.finish();
        let trails: Vec<Vec<_>> = split(&text, &blocks)
            .iter()
            .map(|p| {
                p.trail
                    .iter()
                    .map(|s| text.slice(*s).unwrap().to_owned())
                    .collect()
            })
            .collect();
        assert_eq!(trails, [["Tarifs", "Enfants"], ["Tarifs", "Adultes"]]);
    }

    #[test]
    fn a_passage_knows_the_situation_that_conditions_it_and_no_other() {
        let mut builder = TextBuilder::new();
        builder.push(BlockKind::Heading(1), "Coût");
        builder.push(BlockKind::Situation(2), "Perte");
        builder.push(BlockKind::Paragraph, "25 €.");
        builder.push(BlockKind::Situation(2), "Vol");
        builder.push(BlockKind::Paragraph, "0 €.");
        let (text, blocks) = builder.finish();
        let trails: Vec<Vec<_>> = split(&text, &blocks)
            .iter()
            .map(|p| p.trail.iter().map(|s| text.slice(*s).unwrap()).collect())
            .collect();
        assert_eq!(trails, [["Coût", "Perte"], ["Coût", "Vol"]]);
    }
}
