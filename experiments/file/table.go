package file

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/internal/suggest"
)

// maxMistakes is how many mistakes are told at once: nobody reads more, and a suggestion takes time.
const maxMistakes = 50

// reader collects the mistakes of a file.
type reader struct {
	file *File
	errs []error
}

// wrong notes a mistake at a path, which also names the thing.
func (r *reader) wrong(path []any, format string, args ...any) {
	r.note(r.file.At(path...), fmt.Errorf("%s%w", label(path), fmt.Errorf(format, args...)))
}

func (r *reader) note(at Position, err error) {
	switch {
	case len(r.errs) < maxMistakes:
		r.errs = append(r.errs, &Error{at, err})
	case !r.full():
		r.errs = append(r.errs, &Error{Position{at.Path, r.lastLine()}, fmt.Errorf("there are more mistakes; these are %d of them", maxMistakes)})
	}
}

// full tells whether no more mistakes are taken.
func (r *reader) full() bool { return len(r.errs) > maxMistakes }

func (r *reader) lastLine() int {
	last := 1
	for _, err := range r.errs {
		last = max(last, lineOf(err))
	}
	return last
}

// label names a path in messages: its keys, without list indices.
func label(path []any) string {
	var keys []string
	for _, part := range path {
		if key, ok := part.(string); ok {
			keys = append(keys, keyText(key))
		}
	}
	if len(keys) == 0 {
		return ""
	}
	return strings.Join(keys, ".") + ": "
}

// table is one decoded table and where it stands.
type table struct {
	r      *reader
	path   []any
	values map[string]any
}

// at is the path of something in the table.
func (t table) at(parts ...any) []any { return slices.Concat(t.path, parts) }

func (t table) has(key string) bool { _, ok := t.values[key]; return ok }

func (t table) wrong(key, format string, args ...any) { t.r.wrong(t.at(key), format, args...) }

func (t table) missing(key string) { t.r.wrong(t.path, "key %q is required", key) }

// known reports the keys that are none of names.
func (t table) known(names ...string) {
	for _, key := range sortedKeys(t.values) {
		if !slices.Contains(names, key) && !t.r.full() {
			t.r.note(t.r.file.At(t.at(key)...), fmt.Errorf("%s%w", label(t.path), suggest.Unknown("key", key, names)))
		}
	}
}

// text is an optional string, which must not be empty.
func (t table) text(key string) string {
	v, given := t.values[key]
	text, ok := v.(string)
	if given && (!ok || text == "") {
		t.wrong(key, "%s is not a string with something in it", show(v))
	}
	return text
}

// required is a string that must be given.
func (t table) required(key string) string {
	if !t.has(key) {
		t.missing(key)
	}
	return t.text(key)
}

// integer is an optional integer in [low, high].
func (t table) integer(key string, low, high, otherwise int64) int64 {
	v, given := t.values[key]
	if !given {
		return otherwise
	}
	n, ok := v.(int64)
	if !ok || n < low || n > high {
		t.wrong(key, "%s is not an integer in [%d, %d]", show(v), low, high)
		return otherwise
	}
	return n
}

// number is an optional finite number; nil when it is absent.
func (t table) number(key string) *float64 {
	switch v := t.values[key].(type) {
	case nil:
		return nil
	case int64:
		n := float64(v)
		return &n
	case float64:
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			return &v
		}
	}
	t.wrong(key, "%s is not a finite number", show(t.values[key]))
	return nil
}

// boolean is optional, and false when it is absent.
func (t table) boolean(key string) bool {
	v, given := t.values[key]
	b, ok := v.(bool)
	if given && !ok {
		t.wrong(key, "%s is not true or false", show(v))
	}
	return b
}

// seconds is an optional duration above 0.
func (t table) seconds(key string, otherwise float64) float64 {
	const week = 7 * 24 * 3600
	v, given := t.values[key]
	if !given {
		return otherwise
	}
	var s float64
	switch v := v.(type) {
	case int64:
		s = float64(v)
	case float64:
		s = v
	}
	if !(s > 0 && s <= week) {
		t.wrong(key, "%s is not a number of seconds in (0, %d]", show(v), week)
	}
	return s
}

// sections are the tables of an array of tables.
func (t table) sections(key string, required bool) []table {
	v, given := t.values[key]
	items, ok := asList(v)
	switch {
	case given && !ok:
		t.wrong(key, "%s is not a list of tables: begin each with [[%s]]", show(v), key)
	case len(items) == 0 && required:
		t.wrong(key, "at least one [[%s]] is required", key)
	case len(items) == 0 && given:
		t.wrong(key, "an empty list says nothing: leave it out")
	case len(items) > MaxSections:
		t.r.wrong(t.at(key, MaxSections), "%d times [[%s]] are more than %d", len(items), key, MaxSections)
		items = items[:MaxSections]
	}
	var sections []table
	for i, item := range items {
		if values, ok := item.(map[string]any); ok {
			sections = append(sections, table{t.r, t.at(key, i), values})
		} else {
			t.r.wrong(t.at(key, i), "%s is not a table", show(item))
		}
	}
	return sections
}

// inner is the table under a key; false when there is none.
func (t table) inner(key string) (table, bool) {
	v, given := t.values[key]
	values, ok := v.(map[string]any)
	if given && !ok {
		t.wrong(key, "%s is not a table", show(v))
	}
	return table{t.r, t.at(key), values}, ok
}

// scalars is the table under a key with single values only; nil when it is absent or empty.
func (t table) scalars(key string) map[string]any {
	in, _ := t.inner(key)
	var out map[string]any
	for _, name := range sortedKeys(in.values) {
		if in.named(name) && in.r.isScalar(in.at(name), in.values[name]) {
			if out == nil {
				out = map[string]any{}
			}
			out[name] = in.values[name]
		}
	}
	return out
}

// named reports an empty key.
func (t table) named(key string) bool {
	if key == "" {
		t.wrong(key, "an empty key names nothing")
	}
	return key != ""
}

// isScalar tells whether v is a string, a finite number or a boolean, and reports it otherwise.
func (r *reader) isScalar(path []any, v any) bool {
	switch v := v.(type) {
	case string, bool, int64:
		return true
	case float64:
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			return true
		}
	}
	r.wrong(path, "%s is not a string, a finite number or a boolean", show(v))
	return false
}

// asList is a list as the library decodes it: written with brackets, or as an array of tables.
func asList(v any) ([]any, bool) {
	switch v := v.(type) {
	case []any:
		return v, true
	case []map[string]any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = v[i]
		}
		return list, true
	}
	return nil, false
}
