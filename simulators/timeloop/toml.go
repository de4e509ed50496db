package timeloop

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/BurntSushi/toml"

	"github.com/codesign-gym/codesign/internal/tomllines"
)

// parseTOML reads the text of a TOML file into a table.
func parseTOML(name string, text []byte) (*node, error) {
	lines, err := tomllines.Scan(string(text))
	if limit, ok := errors.AsType[*tomllines.LimitError](err); ok {
		return nil, &Error{name, limit.Line, limit.Err}
	}
	document := map[string]any{}
	if _, err := toml.Decode(string(text), &document); err != nil {
		if parse, ok := errors.AsType[toml.ParseError](err); ok {
			return nil, &Error{name, min(max(parse.Position.Line, 1), 1+bytes.Count(text, []byte("\n"))), errors.New(parse.Message)}
		}
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return fromTOML(name, document, lines)
}

// fromTOML converts a decoded value, whose lines another tree has.
func fromTOML(file string, value any, lines *tomllines.Node) (*node, error) {
	n := &node{file: file, line: lines.Line, values: 1}
	child := func(value any, part any) (*node, error) {
		at, _ := lines.Find(part)
		return fromTOML(file, value, at)
	}
	switch value := value.(type) {
	case map[string]any:
		n.kind = table
		order := func(key string) int { at, _ := lines.Find(key); return at.Order }
		for _, key := range slices.SortedFunc(maps.Keys(value), func(a, b string) int { return cmp.Compare(order(a), order(b)) }) {
			v, err := child(value[key], key)
			if err != nil {
				return nil, err
			}
			if n.index(keyName(key)) >= 0 {
				return nil, &Error{file, v.line, fmt.Errorf("key %q twice in one table", key)}
			}
			n.addField(field{keyName(key), v.line, v})
		}
	case []map[string]any:
		n.kind = list
		for i, item := range value {
			v, err := child(item, i)
			if err != nil {
				return nil, err
			}
			n.items = append(n.items, v)
		}
	case []any:
		n.kind = list
		for i, item := range value {
			v, err := child(item, i)
			if err != nil {
				return nil, err
			}
			n.items = append(n.items, v)
		}
	case string:
		n.kind, n.text = scalar, value
	case bool:
		n.kind, n.text = scalar, strconv.FormatBool(value)
	case int64:
		n.kind, n.text = scalar, strconv.FormatInt(value, 10)
	case float64:
		n.kind, n.text = scalar, strconv.FormatFloat(value, 'g', -1, 64)
	default:
		return nil, &Error{file, n.line, fmt.Errorf("a date or time has no meaning here")}
	}
	return n, nil
}
