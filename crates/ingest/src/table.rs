//! Tables to rows that can be read alone: "row label — heading : cell ; heading : cell".

use crate::flow::{COLON, SEMICOLON};

/// Columns beyond which a table is no table to read.
const MAX_COLUMNS: usize = 60;
/// Rows over which one cell may reach.
const MAX_ROW_SPAN: usize = 200;
/// A longer cell that spans rows is said once: repeating it would only repeat a text.
const MAX_REPEATED_BYTES: usize = 200;

/// A cell as the source gives it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) columns: usize,
    pub(crate) rows: usize,
    pub(crate) heading: bool,
}

/// A table being read, row by row.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<Vec<Cell>>,
}

/// What stands at one place of the grid: which cell it comes from, and for how many more rows.
#[derive(Debug, Clone, Copy)]
struct Slot {
    cell: usize,
    rows_left: usize,
    repeated: bool,
}

impl Table {
    pub(crate) fn push_row(&mut self, cells: Vec<Cell>) {
        if !cells.is_empty() {
            self.rows.push(cells);
        }
    }

    /// The rows as text, headings said with each cell.
    pub(crate) fn into_lines(self) -> Vec<String> {
        let mut cells: Vec<Cell> = Vec::new();
        let mut carried: Vec<Option<Slot>> = Vec::new();
        let mut headings: Vec<String> = Vec::new();
        let mut in_headings = false;
        let mut lines = Vec::new();
        for row in self.rows {
            let is_heading =
                row.iter().all(|c| c.heading || c.text.trim().is_empty()) && row.iter().any(|c| c.heading);
            let grid = lay_out(row, &mut cells, &mut carried);
            let caption = grid
                .iter()
                .flatten()
                .all(|s| grid[0].is_some_and(|first| first.cell == s.cell));
            if is_heading && !(caption && grid.len() > 1) {
                if !in_headings {
                    headings.clear();
                }
                in_headings = true;
                add_headings(&mut headings, &grid, &cells);
            } else {
                in_headings = false;
                let line = line(&grid, &cells, &headings);
                if !line.is_empty() {
                    lines.push(line);
                }
            }
        }
        // A table of headings alone still says something.
        if lines.is_empty() && !headings.is_empty() {
            lines.push(
                headings
                    .into_iter()
                    .filter(|h| !h.is_empty())
                    .collect::<Vec<_>>()
                    .join(SEMICOLON),
            );
        }
        lines
    }
}

/// Places a row's cells in the columns that cells of the rows above leave free.
fn lay_out(row: Vec<Cell>, cells: &mut Vec<Cell>, carried: &mut Vec<Option<Slot>>) -> Vec<Option<Slot>> {
    let mut grid: Vec<Option<Slot>> = Vec::new();
    for slot in carried.iter() {
        grid.push(slot.filter(|s| s.rows_left > 0).map(|s| Slot {
            rows_left: s.rows_left - 1,
            repeated: true,
            ..s
        }));
    }
    let mut column = 0;
    for mut cell in row {
        while grid.get(column).is_some_and(Option::is_some) {
            column += 1;
        }
        cell.text = domain::text::fold_white_space(&cell.text);
        let rows_left = cell.rows.clamp(1, MAX_ROW_SPAN) - 1;
        let columns = cell.columns.clamp(1, MAX_COLUMNS);
        cells.push(cell);
        let slot = Slot {
            cell: cells.len() - 1,
            rows_left,
            repeated: false,
        };
        for _ in 0..columns {
            if column >= MAX_COLUMNS || grid.get(column).is_some_and(Option::is_some) {
                break;
            }
            if grid.len() <= column {
                grid.resize(column + 1, None);
            }
            grid[column] = Some(slot);
            column += 1;
        }
        if column >= MAX_COLUMNS {
            join_beyond_last_column(&mut grid, cells);
        }
    }
    carried.clone_from(&grid);
    grid
}

/// A cell beyond the last column is read with the last one, so that its text is not lost.
fn join_beyond_last_column(grid: &mut [Option<Slot>], cells: &mut [Cell]) {
    let last = cells.len() - 1;
    if grid.iter().flatten().any(|s| s.cell == last) {
        return;
    }
    if let Some(slot) = grid.last().copied().flatten() {
        let text = std::mem::take(&mut cells[last].text);
        let joined = &mut cells[slot.cell].text;
        joined.push(' ');
        joined.push_str(&text);
    }
}

/// Adds a row of headings under those already read.
fn add_headings(headings: &mut Vec<String>, grid: &[Option<Slot>], cells: &[Cell]) {
    headings.resize(headings.len().max(grid.len()), String::new());
    for (heading, slot) in headings.iter_mut().zip(grid) {
        let Some(slot) = slot.filter(|s| !s.repeated) else {
            continue;
        };
        let text = &cells[slot.cell].text;
        if heading.is_empty() {
            heading.clone_from(text);
        } else if !text.is_empty() && text != heading && heading.len() <= MAX_REPEATED_BYTES {
            heading.push_str(", ");
            heading.push_str(text);
        }
    }
}

fn line(grid: &[Option<Slot>], cells: &[Cell], headings: &[String]) -> String {
    let heading = |column: usize| headings.get(column).map_or("", String::as_str);
    let mut parts: Vec<String> = Vec::new();
    let mut label = String::new();
    let mut column = 0;
    while column < grid.len() {
        let from = column;
        let slot = grid[from];
        column += 1;
        let Some(slot) = slot else { continue };
        while grid
            .get(column)
            .copied()
            .flatten()
            .is_some_and(|s| s.cell == slot.cell)
        {
            column += 1;
        }
        let text = cells[slot.cell].text.as_str();
        if text.is_empty() || (slot.repeated && text.len() > MAX_REPEATED_BYTES) {
            continue;
        }
        if from == 0 {
            // A number says nothing without its heading; a name does.
            let bare = !text.chars().any(char::is_alphabetic) && !heading(0).is_empty();
            label = if bare {
                format!("{}{COLON}{text}", heading(0))
            } else {
                text.to_owned()
            };
            continue;
        }
        let mut over: Vec<&str> = Vec::new();
        for h in (from..column).map(heading).filter(|h| !h.is_empty()) {
            if !over.contains(&h) {
                over.push(h);
            }
        }
        let over = over.join(" / ");
        parts.push(if over.is_empty() || over.len() > 3 * MAX_REPEATED_BYTES {
            text.to_owned()
        } else {
            format!("{over}{COLON}{text}")
        });
    }
    let rest = parts.join(SEMICOLON);
    match (label.is_empty(), rest.is_empty()) {
        (true, _) => rest,
        (false, true) => label,
        (false, false) => format!("{label} — {rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Cell {
        Cell {
            text: text.to_owned(),
            columns: 1,
            rows: 1,
            heading: false,
        }
    }

    fn heading(text: &str) -> Cell {
        Cell {
            heading: true,
            ..cell(text)
        }
    }

    fn lines(rows: Vec<Vec<Cell>>) -> Vec<String> {
        let mut table = Table::default();
        for row in rows {
            table.push_row(row);
        }
        table.into_lines()
    }

    #[test]
    fn a_row_says_the_heading_of_each_cell() {
        let rows = vec![
            vec![heading("Document"), heading("Prix"), heading("Délai")],
            vec![cell("Passeport"), cell("86 €"), cell("3 semaines")],
        ];
        assert_eq!(
            lines(rows),
            ["Passeport — Prix\u{202f}: 86 €\u{202f}; Délai\u{202f}: 3 semaines"]
        );
    }

    #[test]
    fn a_number_as_label_keeps_its_heading() {
        let rows = vec![
            vec![heading("Personnes"), heading("Plafond")],
            vec![cell("2"), cell("20 000 €")],
        ];
        assert_eq!(lines(rows), ["Personnes\u{202f}: 2 — Plafond\u{202f}: 20 000 €"]);
    }

    #[test]
    fn cells_over_several_rows_and_columns_are_said_where_they_reach() {
        let rows = vec![
            vec![heading("Jour"), heading("Matin"), heading("Soir")],
            vec![
                Cell {
                    rows: 2,
                    ..cell("Lundi")
                },
                cell("9 h"),
                cell("14 h"),
            ],
            vec![Cell {
                columns: 2,
                ..cell("fermé")
            }],
        ];
        assert_eq!(
            lines(rows),
            [
                "Lundi — Matin\u{202f}: 9 h\u{202f}; Soir\u{202f}: 14 h",
                "Lundi — Matin / Soir\u{202f}: fermé"
            ]
        );
    }

    #[test]
    fn a_table_wider_than_any_table_loses_no_text() {
        let rows = vec![(0..100).map(|n| cell(&format!("c{n}"))).collect()];
        let line = lines(rows).remove(0);
        assert!((0..100).all(|n| line.contains(&format!("c{n}"))));
    }

    #[test]
    fn absurd_spans_cost_nothing() {
        let rows = vec![vec![
            Cell {
                columns: usize::MAX,
                rows: usize::MAX,
                ..cell("a")
            },
            cell("b"),
        ]];
        assert_eq!(lines(rows).len(), 1);
    }
}
