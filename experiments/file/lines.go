package file

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Position is a line of an experiment file.
type Position struct {
	Path string
	Line int // from 1
}

// String is "FILE:LINE".
func (p Position) String() string { return fmt.Sprintf("%s:%d", p.Path, p.Line) }

// Error is one mistake in an experiment file.
type Error struct {
	At  Position
	Err error
}

// Error is "FILE:LINE: what is wrong", in every line of it; what is wrong alone in a file without a name, which nobody has before him.
func (e *Error) Error() string {
	if e.At.Path == "" {
		return e.Err.Error()
	}
	prefix := e.At.String() + ": "
	return prefix + strings.ReplaceAll(e.Err.Error(), "\n", "\n"+prefix)
}

// Unwrap is what is wrong, without the position.
func (e *Error) Unwrap() error { return e.Err }

// At finds the line of a value by its path of keys (strings) and list indices (ints, from 0): At("scenario", 0, "set", "workload").
// Where the path leaves the file, as for a missing key, the line is that of the last part found: the table's header, or line 1.
// A scenario, start or agent has the index that it has in File.
func (f *File) At(path ...any) Position {
	at, _ := f.lines.Find(path...)
	return Position{f.Path, at.Line}
}

// Errorf is an *Error at a position; the format is that of fmt.Errorf, %w included.
func (f *File) Errorf(at Position, format string, args ...any) error {
	return &Error{at, fmt.Errorf(format, args...)}
}

// Join joins mistakes in the order of their lines; errors without a position come last. It is nil when there is none.
func Join(errs ...error) error {
	errs = slices.DeleteFunc(slices.Clone(errs), func(err error) bool { return err == nil })
	slices.SortStableFunc(errs, func(a, b error) int { return cmp.Compare(lineOf(a), lineOf(b)) })
	return errors.Join(errs...)
}

func lineOf(err error) int {
	if at, ok := errors.AsType[*Error](err); ok {
		return at.At.Line
	}
	return math.MaxInt
}
