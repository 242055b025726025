use std::cell::{Cell, Ref, RefCell};

/// A piece of memory that others write a path to, so that nothing is allocated for it.
#[derive(Debug)]
pub struct Scratch {
    /// Written from outside, so each byte is read anew.
    written: Box<[Cell<u8>]>,
    read: RefCell<String>,
}

impl Scratch {
    /// With room for so many bytes.
    pub fn new(size: usize) -> Self {
        Self { written: vec![Cell::new(0); size].into(), read: RefCell::new(String::with_capacity(size)) }
    }

    /// Where to write to.
    pub fn start(&self) -> *const u8 {
        self.written.as_ptr().cast()
    }

    /// How many bytes there are.
    pub fn size(&self) -> usize {
        self.written.len()
    }

    /// The path that was written, if its bytes show that it is canonical: ASCII without `*`, `\`, `%` and what is not
    /// visible, of at most `most` segments, none of them empty, `.` or `..`. Nothing is said of others, such as `/`.
    pub fn path(&self, length: u32, most: usize) -> Option<Ref<'_, str>> {
        let written = self.written.get(..length as usize)?;
        let mut read = self.read.try_borrow_mut().ok()?;
        read.clear();
        let is_segment = |length: usize, dots: usize| length > 0 && (dots < length || length > 2);
        let (mut segments, mut length, mut dots) = (0_usize, 1_usize, 0_usize);
        for byte in written.iter().map(Cell::get) {
            if byte == b'/' {
                if !is_segment(length, dots) {
                    return None;
                }
                (segments, length, dots) = (segments.wrapping_add(1), 0, 0);
            } else if byte.is_ascii_graphic() && !matches!(byte, b'*' | b'\\' | b'%') && segments > 0 {
                (length, dots) = (length.wrapping_add(1), dots.wrapping_add((byte == b'.').into()));
            } else {
                return None;
            }
            read.push(char::from(byte));
        }
        if segments == 0 || segments > most || !is_segment(length, dots) {
            return None;
        }
        drop(read);
        Some(Ref::map(self.read.try_borrow().ok()?, String::as_str))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Option<String> {
        let scratch = Scratch::new(64);
        for (cell, byte) in scratch.written.iter().zip(text.bytes()) {
            cell.set(byte);
        }
        let read = scratch.path(u32::try_from(text.len()).unwrap(), 3);
        read.map(|path| path.to_owned())
    }

    #[test]
    fn only_what_is_plainly_canonical_is_read() {
        for (plain, other) in [
            ("/a", "/"),
            ("/app/x", "/app/"),
            ("/app/x", "/app//x"),
            ("/app/x", "//app"),
            ("/app/.y", "/app/."),
            ("/app/...", "/app/.."),
            ("/...", "/../x"),
            ("/app/x~!", "/app/x y"),
            ("/app/x", "app/x"),
            ("/app/x", "/app/*"),
            ("/app/x", "/app\\x"),
            ("/app/x", "/app/%78"),
            ("/app/e", "/app/\u{e9}"),
            ("/app/x", ""),
            ("/a/b/c", "/a/b/c/d"),
        ] {
            assert_eq!(path(plain).as_deref(), Some(plain));
            assert_eq!(path(other), None, "{other}");
        }
        assert_eq!(path(&format!("/{}", "a".repeat(63))).map(|it| it.len()), Some(64));
        assert_eq!(path(&format!("/{}", "a".repeat(64))), None);
    }
}
