//! Rows with one cause, gathered so that a finding is one thing to check and not one a line.

/// Rows by cause, in the order in which each cause was first seen.
#[derive(Debug)]
pub struct Groups<K>(Vec<(K, Vec<u32>)>);

impl<K> Default for Groups<K> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: PartialEq> Groups<K> {
    /// Adds a row. A cause is looked for from the last one back: neighbours in time mostly share it.
    pub fn add(&mut self, key: K, row: u32) {
        match self.0.iter_mut().rev().find(|(known, _)| *known == key) {
            Some((_, rows)) => rows.push(row),
            None => self.0.push((key, vec![row])),
        }
    }
}

impl<K> IntoIterator for Groups<K> {
    type Item = (K, Vec<u32>);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
