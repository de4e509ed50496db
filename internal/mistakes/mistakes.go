// Package mistakes collects all that is wrong with a configuration, so that whoever wrote it learns everything at once.
package mistakes

import (
	"errors"
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/internal/suggest"
)

// List is what was found wrong so far. The zero value is nothing.
type List struct{ errs []error }

// Add adds an error; nil is none.
func (l *List) Add(err error) {
	if err != nil {
		l.errs = append(l.errs, err)
	}
}

// If adds an error of this text when something is wrong.
func (l *List) If(wrong bool, format string, args ...any) {
	if wrong {
		l.Add(fmt.Errorf(format, args...))
	}
}

// IfUnknown adds an error when the name got is none of the known ones; what says what kind of name it is.
func (l *List) IfUnknown(what, got string, known []string) {
	if !slices.Contains(known, got) {
		l.Add(suggest.Unknown(what, got, known))
	}
}

// Err is everything that was added, a line each, and nil when that is nothing.
func (l *List) Err() error { return errors.Join(l.errs...) }
