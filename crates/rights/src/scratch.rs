use std::cell::{Cell, Ref, RefCell};

/// A piece of memory that others write a path to, so that nothing is allocated for it.
#[derive(Debug)]
pub struct Scratch {
    /// Written from outside, so each byte is read anew.
    written: Box<[Cell<u8>]>,
    read: RefCell<Box<[u8]>>,
}

impl Scratch {
    /// With room for so many bytes.
    pub fn new(size: usize) -> Self {
        Self { written: vec![Cell::new(0); size].into(), read: RefCell::new(vec![0; size].into()) }
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
        let bytes = read.get_mut(..length as usize)?;
        let (mut segments, mut length, mut dots) = (0_usize, 0_usize, 0_usize);
        for (place, (byte, cell)) in bytes.iter_mut().zip(written).enumerate() {
            *byte = cell.get();
            match CLASSES.get(usize::from(*byte)) {
                Some(Class::Visible) if place > 0 => length = length.wrapping_add(1),
                Some(Class::Dot) if place > 0 => {
                    (length, dots) = (length.wrapping_add(1), dots.wrapping_add(1));
                }
                Some(Class::Slash) if place == 0 || is_segment(length, dots) => {
                    (segments, length, dots) = (segments.wrapping_add(1), 0, 0);
                }
                _ => return None,
            }
        }
        if segments > most || !is_segment(length, dots) {
            return None;
        }
        drop(read);
        let read = self.read.try_borrow().ok()?;
        Ref::filter_map(read, |read| str::from_utf8(read.get(..written.len())?).ok()).ok()
    }
}

fn is_segment(length: usize, dots: usize) -> bool {
    length > 0 && (dots < length || length > 2)
}

#[derive(Clone, Copy)]
enum Class {
    Refused,
    Visible,
    Dot,
    Slash,
}

#[allow(clippy::indexing_slicing, reason = "worked out when it is compiled")]
static CLASSES: [Class; 256] = {
    let mut classes = [Class::Refused; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        classes[byte as usize] = match byte {
            b'/' => Class::Slash,
            b'.' => Class::Dot,
            b'*' | b'\\' | b'%' => Class::Refused,
            _ if byte.is_ascii_graphic() => Class::Visible,
            _ => Class::Refused,
        };
        byte += 1;
    }
    classes
};

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
