package journal

import (
	"fmt"
	"path/filepath"
)

// CorruptError says that a journal cannot be trusted: it is damaged elsewhere than at its end.
type CorruptError struct {
	Path   string
	Offset int64 // of the damaged frame, in bytes from the start of the file
	Reason string
}

// Error names the file, the byte offset and the damage.
func (e *CorruptError) Error() string {
	return fmt.Sprintf("journal: %s: corrupt at byte %d: %s", e.Path, e.Offset, e.Reason)
}

// IdentityError says that a journal belongs to another study.
type IdentityError struct {
	Path      string
	Got, Want []byte
}

// Error names the folder, which holds the results of something else.
func (e *IdentityError) Error() string {
	return fmt.Sprintf("journal: %s: the folder %s belongs to another experiment file, study or binary: its identity is %x, not %x",
		filepath.Base(e.Path), filepath.Dir(e.Path), e.Got, e.Want)
}
