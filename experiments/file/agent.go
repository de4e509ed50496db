package file

import (
	"cmp"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/internal/suggest"
)

func readAgent(t table) Agent {
	a := Agent{Groups: t.text("groups")}
	if values, ok := t.values["kind"].(map[string]any); ok {
		a.Command = table{t.r, t.at("kind"), values}.command()
		a.Name = t.name(strings.Join(a.Command, " "))
	} else {
		a.Kind = t.text("kind")
		a.Name = t.name(a.Kind)
	}
	a.Search = readSearch(t)
	// In the order of the file: the grid follows it.
	names := sortedKeys(t.values)
	slices.SortStableFunc(names, func(x, y string) int { return cmp.Compare(t.orderOf(x), t.orderOf(y)) })
	for _, name := range names {
		switch name {
		case "kind", "name", "groups", "search", "preset":
		case "seed", "repeats", "budget", "lag", "lanes", "max_failed", "timeout_s", "save_policies", "distribute", "stop_on_spec", "limits":
			t.wrong(name, "a key of the whole file, not an option of an agent: move it above the first [[…]]")
		default:
			if t.named(name) {
				a.Options = append(a.Options, Option{name, t.optionValues(name)})
			}
		}
	}
	if t.has("kind") {
		return a
	}
	if near, ok := suggest.Closest("kind", names); ok {
		t.r.wrong(t.at(near), "key \"kind\" is required, did you mean it here?")
	} else {
		t.missing("kind")
	}
	return a
}

func (t table) orderOf(key string) int {
	n, _ := t.r.file.lines.Find(t.at(key)...)
	return n.Order
}

// optionValues is the grid of an option: a value, a list of values, or one value that is a list, { value = […] }. A table of several keys is meant as a range.
func (t table) optionValues(name string) []any {
	path, v := t.at(name), t.values[name]
	if in, ok := v.(map[string]any); ok && (in["low"] != nil || in["high"] != nil || len(in) > 1) {
		r, _ := table{t.r, path, in}.optionRange()
		return []any{r}
	}
	list, ok := asList(v)
	if !ok {
		value, _ := t.r.optionValue(path, v)
		return []any{value}
	}
	if len(list) == 0 {
		t.wrong(name, "an empty list leaves no value; an option that is itself a list is written { value = […] }")
	}
	var values []any
	seen := map[string]bool{}
	for i, v := range list {
		value, ok := t.r.optionValue(slices.Concat(path, []any{i}), v)
		if !ok {
			continue
		}
		if key := sameText(value); seen[key] {
			t.r.wrong(slices.Concat(path, []any{i}), "%s is listed twice: two cells would be the same", show(value))
		} else {
			seen[key] = true
		}
		values = append(values, value)
	}
	return values
}

// optionValue is one value of an option.
func (r *reader) optionValue(path []any, v any) (any, bool) {
	if values, ok := v.(map[string]any); ok {
		return table{r, path, values}.listValue()
	}
	if isList(v) {
		r.wrong(path, "a list in the list of values: an option that is itself a list is written { value = […] }")
		return nil, false
	}
	return v, r.isScalar(path, v)
}

// listValue is the v of { value = v }: a list of scalars, or a scalar.
func (t table) listValue() (any, bool) {
	t.known("value")
	v, given := t.values["value"]
	list, isList := asList(v)
	switch {
	case !given:
		t.missing("value")
		return nil, false
	case !isList:
		return v, t.r.isScalar(t.at("value"), v)
	case len(list) == 0:
		t.wrong("value", "an empty list says nothing: leave the option out")
		return nil, false
	}
	good := true
	for i, v := range list {
		good = t.r.isScalar(t.at("value", i), v) && good
	}
	return list, good
}

// sameText is equal for values that an agent cannot tell apart: 8 and 8.0.
func sameText(v any) string {
	if f, ok := v.(float64); ok && f == float64(int64(f)) {
		return valueText(int64(f))
	}
	return valueText(v)
}
