package networkspace

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/BurntSushi/toml"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/internal/tomllines"
)

// File is what a file says.
type File struct {
	Template nas.Template
	Bits     nas.BitChoices
}

// Read reads a space; path is for messages. All mistakes of form are reported at once, in the order of their lines; Space finds those of meaning.
func Read(path, text string) (File, error) {
	lines, err := tomllines.Scan(text)
	if limit, ok := errors.AsType[*tomllines.LimitError](err); ok {
		return File{}, fmt.Errorf("%s:%d: %w", path, limit.Line, limit.Err)
	}
	document := map[string]any{}
	if _, err := toml.Decode(text, &document); err != nil {
		if parse, ok := errors.AsType[toml.ParseError](err); ok {
			last := 1 + bytes.Count([]byte(text), []byte("\n"))
			return File{}, fmt.Errorf("%s:%d: %s", path, min(max(parse.Position.Line, 1), last), parse.Message)
		}
		return File{}, fmt.Errorf("%s: %w", path, err)
	}
	r := &reader{lines: lines}
	f := r.file(table{r, nil, document})
	return f, r.at.errors(path)
}

// Space makes the space of a file; the text gives the lines of mistakes.
func (f File) Space(path, text string) (*nas.TemplateSpace, error) {
	s, err := nas.NewTemplate(f.Template)
	if err == nil {
		return s, nil
	}
	lines, scanErr := tomllines.Scan(text)
	if scanErr != nil {
		return nil, fmt.Errorf("%s: %w", path, scanErr)
	}
	var at mistakes
	for _, mistake := range split(err) {
		var where []any
		if e, ok := errors.AsType[*nas.TemplateError](mistake); ok {
			where = e.Path
		}
		at.add(lines, where, mistake)
	}
	return nil, at.errors(path)
}

// split is the list of joined errors.
func split(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	return []error{err}
}

// mistakes are errors with their lines.
type mistakes []mistake

type mistake struct {
	line int
	err  error
}

// add notes a mistake at a path, or at what there is of it.
func (m *mistakes) add(lines *tomllines.Node, path []any, err error) {
	node, _ := lines.Find(path...)
	*m = append(*m, mistake{node.Line, err})
}

// maxMistakes is how many mistakes are told at once.
const maxMistakes = 50

// errors joins them in the order of their lines.
func (m mistakes) errors(path string) error {
	slices.SortStableFunc(m, func(a, b mistake) int { return cmp.Compare(a.line, b.line) })
	var list []error
	for i, x := range m {
		if i == maxMistakes {
			list = append(list, fmt.Errorf("%s: %d more mistakes", path, len(m)-i))
			break
		}
		list = append(list, fmt.Errorf("%s:%d: %w", path, x.line, x.err))
	}
	return errors.Join(list...)
}

// reader collects the mistakes of a file.
type reader struct {
	lines *tomllines.Node
	at    mistakes
}

// table is a decoded table and where it stands.
type table struct {
	r      *reader
	path   []any
	values map[string]any
}

func (t table) wrong(key, format string, args ...any) {
	t.r.at.add(t.r.lines, append(slices.Clone(t.path), key), fmt.Errorf(format, args...))
}

// known reports the keys that are none of names.
func (t table) known(names []string) {
	for _, key := range slices.Sorted(maps.Keys(t.values)) {
		if !slices.Contains(names, key) {
			t.wrong(key, "%w", suggest.Unknown("key", key, names))
		}
	}
}

// text is an optional string.
func (t table) text(key string) string {
	v, given := t.values[key]
	text, ok := v.(string)
	if given && !ok {
		t.wrong(key, "%s = %v is not a string", key, v)
	}
	return text
}

// flag is an optional truth value.
func (t table) flag(key string) bool {
	v, given := t.values[key]
	b, ok := v.(bool)
	if given && !ok {
		t.wrong(key, "%s = %v is not true or false", key, v)
	}
	return b
}

// integers is an optional integer or list of integers.
func (t table) integers(key string) (list []int) {
	switch v := t.values[key].(type) {
	case nil:
		return nil
	case int64:
		return []int{int(v)}
	case []any:
		for _, item := range v {
			n, ok := item.(int64)
			if !ok {
				t.wrong(key, "%s: %v in the list is not an integer", key, item)
				return nil
			}
			list = append(list, int(n))
		}
		if len(list) > 0 {
			return list
		}
	}
	t.wrong(key, "%s = %v is not an integer or a list of integers", key, t.values[key])
	return nil
}

// size is an optional integer, list of integers, or name of a shared choice.
func (t table) size(key string) nas.Values {
	if name, ok := t.values[key].(string); ok {
		if name == "" {
			t.wrong(key, "%s is empty: want an integer, a list of integers or the name of a shared choice", key)
		}
		return nas.Ref(name)
	}
	return nas.Of(t.integers(key)...)
}

// inner is an optional table.
func (t table) inner(key string) table {
	values, ok := t.values[key].(map[string]any)
	if !ok && t.values[key] != nil {
		t.wrong(key, "%s is not a table: write [%s]", key, key)
	}
	return table{t.r, append(slices.Clone(t.path), key), values}
}

// list is the tables of an array.
func (t table) list(key string) (tables []table) {
	var items []any
	switch v := t.values[key].(type) {
	case nil:
	case []map[string]any:
		for _, values := range v {
			items = append(items, values)
		}
	case []any:
		items = v
	default:
		t.wrong(key, "%s is not an array of tables: write [[%s]]", key, key)
	}
	for i, item := range items {
		values, ok := item.(map[string]any)
		if !ok {
			t.wrong(key, "%s: %v is not a table", key, item)
			continue
		}
		tables = append(tables, table{t.r, append(slices.Clone(t.path), key, i), values})
	}
	return tables
}

// file reads the top of a file.
func (r *reader) file(t table) (f File) {
	t.known([]string{"name", "input", "shared", "bits", "block"})
	f.Template.Name = cmp.Or(t.text("name"), "network")
	switch input := t.integers("input"); {
	case t.values["input"] == nil:
		t.wrong("input", "input is missing: want input = [height, width, channels]")
	case len(input) == 3:
		f.Template.Input = dnn.Shape{Height: input[0], Width: input[1], Channels: input[2]}
	case len(input) > 0:
		t.wrong("input", "input %v: want [height, width, channels]", input)
	}
	shared := t.inner("shared")
	for _, name := range slices.SortedFunc(maps.Keys(shared.values), shared.order) {
		f.Template.Shared = append(f.Template.Shared, nas.SharedValues{Name: name, Of: shared.integers(name)})
	}
	bits := t.inner("bits")
	bits.known([]string{"weights", "activations"})
	f.Bits = nas.BitChoices{Weights: bits.integers("weights"), Activations: bits.integers("activations")}
	f.Template.Blocks = r.blocks(t)
	return f
}

// order compares keys by where they stand.
func (t table) order(a, b string) int {
	first, _ := t.r.lines.Find(append(slices.Clone(t.path), a)...)
	second, _ := t.r.lines.Find(append(slices.Clone(t.path), b)...)
	return cmp.Or(cmp.Compare(first.Order, second.Order), cmp.Compare(a, b))
}
