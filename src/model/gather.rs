/// What comes, in a set or a map. `collect` would sort it first, for which a WASM carries a sort for every type.
pub(crate) fn gather<T, C: Default + Extend<T>>(items: impl IntoIterator<Item = T>) -> C {
    let mut collection = C::default();
    collection.extend(items);
    collection
}

/// A list of what comes, in order and each once; meant for short ones. `sort` weighs four times as much.
pub(crate) fn in_order<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut list = Vec::new();
    for item in items {
        if let Err(place) = list.binary_search(&item) {
            list.insert(place, item);
        }
    }
    list
}
