package timeloop

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/internal/suggest"
)

// MaxFileBytes bounds an input file.
const MaxFileBytes = 4 << 20

// maxNodes bounds the values of a file with its aliases written out: a few lines of aliases to aliases can stand for billions.
const maxNodes = 1 << 18

// Error is a mistake in an input file.
type Error struct {
	File string
	Line int // from 1
	Err  error
}

// Error is "FILE:LINE: what is wrong".
func (e *Error) Error() string { return fmt.Sprintf("%s:%d: %v", e.File, e.Line, e.Err) }

// Unwrap is what is wrong, without the position.
func (e *Error) Unwrap() error { return e.Err }

// kind is the shape of a value.
type kind uint8

const (
	empty kind = iota // nothing: a YAML null
	scalar
	list
	table
)

func (k kind) String() string { return [...]string{"nothing", "a value", "a list", "a table"}[k] }

// node is a value of a file with its line, whatever the language of the file.
type node struct {
	file   string
	line   int
	kind   kind
	tag    string // of YAML: "!Component"
	text   string // of a scalar
	items  []*node
	fields []field // of a table, in the file's order

	values int // all values below, itself included
}

// field is one key of a table. Hyphens in keys count as underscores.
type field struct {
	key   string
	line  int
	value *node
}

// get is the value of a key; nil when it is absent, or nothing.
func (n *node) get(key string) *node {
	if n == nil {
		return nil
	}
	if i := n.index(key); i >= 0 && n.fields[i].value.kind != empty {
		return n.fields[i].value
	}
	return nil
}

// index finds a key among the fields; −1 when it is absent.
func (n *node) index(key string) int {
	return slices.IndexFunc(n.fields, func(f field) bool { return f.key == key })
}

// keyName is a key as the readers know it.
func keyName(key string) string { return strings.ReplaceAll(key, "-", "_") }

// void tells whether a value says nothing: none at all, or an empty list or table. A key with such a value reads like one left out.
func (n *node) void() bool {
	return n.kind == empty || n.kind == list && len(n.items) == 0 || n.kind == table && len(n.fields) == 0
}

// addField appends a field and its size.
func (n *node) addField(f field) {
	n.fields = append(n.fields, f)
	n.values += f.value.values
}

// reader gathers the mistakes of the files.
type reader struct {
	errs  []error
	notes []string
}

// bad notes a mistake at a value.
func (r *reader) bad(n *node, format string, args ...any) {
	r.errs = append(r.errs, &Error{n.file, n.line, fmt.Errorf(format, args...)})
}

// note says something that the user should know and that is no mistake.
func (r *reader) note(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !slices.Contains(r.notes, text) {
		r.notes = append(r.notes, text)
	}
}

// error joins the mistakes.
func (r *reader) error() error { return errors.Join(r.errs...) }

// isTable notes a value that is no table.
func (r *reader) isTable(n *node, what string) bool {
	if n.kind == table {
		return true
	}
	r.bad(n, "%s is %s, not a table", what, n.kind)
	return false
}

// only notes the keys of a table that are not among the known ones.
func (r *reader) only(n *node, what string, known ...string) {
	for _, f := range n.fields {
		if !slices.Contains(known, f.key) && !f.value.void() {
			r.errs = append(r.errs, &Error{f.value.file, f.line, fmt.Errorf("%s: not read: %w", what, suggest.Unknown("key", f.key, known))})
		}
	}
}

// elements are the values of a list; a missing list has none.
func (r *reader) elements(n *node, what string) []*node {
	if n == nil {
		return nil
	}
	if n.kind != list {
		r.bad(n, "%s is %s, not a list", what, n.kind)
		return nil
	}
	return n.items
}
