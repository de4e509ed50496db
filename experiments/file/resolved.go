package file

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/internal/tomllines"
)

// Resolved is the file in its one canonical form, with all defaults spelled out. It parses back to an equal File.
func (f *File) Resolved() []byte {
	b := &strings.Builder{}
	line := func(key string, v any) { fmt.Fprintf(b, "%s = %s\n", keyText(key), valueText(v)) }
	optional := func(key, v string) {
		if v != "" {
			line(key, v)
		}
	}
	line("name", f.Name)
	line("seed", int64(f.Seed))
	line("repeats", int64(f.Repeats))
	line("budget", int64(f.Budget))
	line("lag", int64(f.Lag))
	line("lanes", int64(f.Lanes))
	line("max_failed", int64(f.MaxFailed))
	line("timeout_s", f.TimeoutS)
	if f.EvaluationsPerTrial > 1 { // left out at its default, as what files of before it say: their identity stays
		line("evaluations_per_trial", int64(f.EvaluationsPerTrial))
	}
	if f.SavePolicies { // likewise
		line("save_policies", true)
	}
	if f.DistributeEvaluations { // likewise
		line("distribute", "evaluations")
	}
	if f.StopOnSpec { // likewise
		line("stop_on_spec", true)
	}
	if limits := f.Limits.value(); limits != nil { // likewise
		line("limits", limits)
	}
	for _, s := range f.Scenarios {
		b.WriteString("\n[[scenario]]\n")
		line("name", s.Name)
		line("simulator", nameOrCommand(s.Simulator, s.Command))
		optional("fidelity", s.Fidelity)
		for _, inner := range []struct {
			key    string
			values map[string]any
		}{{"set", s.Set}, {"objective", s.Objective}, {"fix", fixValue(s.Fix)}, {"recheck", s.Recheck.value()}, {"screen", s.Screen.value()}} {
			if inner.values != nil {
				line(inner.key, inner.values)
			}
		}
		if s.Optimum != nil {
			line("optimum", *s.Optimum)
		}
		for _, p := range s.Published {
			b.WriteString("\n[[scenario.published]]\n")
			line("name", p.Name)
			metrics := map[string]any{}
			for key, v := range p.Metrics {
				metrics[key] = v
			}
			line("metrics", metrics)
		}
	}
	for _, s := range f.Starts {
		b.WriteString("\n[[start]]\n")
		optional("scenario", s.Scenario)
		line("design", s.Design)
	}
	for _, s := range f.WarmStarts {
		b.WriteString("\n[[warm_start]]\n")
		optional("scenario", s.Scenario)
		line("from", s.From)
		optional("source", s.Source)
	}
	for _, a := range f.Agents {
		b.WriteString("\n[[agent]]\n")
		line("kind", nameOrCommand(a.Kind, a.Command))
		line("name", a.Name)
		optional("groups", a.Groups)
		if search := a.Search.value(); search != nil {
			line("search", search)
		}
		for _, o := range a.Options {
			line(o.Name, optionValue(o.Values))
		}
	}
	for _, section := range []struct {
		key  string
		list []Filter
	}{{"include", f.Includes}, {"exclude", f.Excludes}} {
		for _, filter := range section.list {
			fmt.Fprintf(b, "\n[[%s]]\n", section.key)
			filter.lines(line)
		}
	}
	if f.Proxy != nil {
		b.WriteString("\n[proxy]\n")
		values := f.Proxy.resolved()
		for _, key := range sortedKeys(values) {
			line(key, values[key])
		}
		for _, s := range f.Proxy.Sources {
			b.WriteString("\n[[proxy.source]]\n")
			line("name", s.Name)
			line("agents", words(s.Agents))
		}
	}
	return []byte(b.String())
}

// nameOrCommand is what a name of the catalogue or the command in its place was read from.
func nameOrCommand(name string, command []string) any {
	if command == nil {
		return name
	}
	return map[string]any{"command": words(command)}
}

// words is a list of texts as a value.
func words(list []string) []any {
	values := make([]any, len(list))
	for i, word := range list {
		values[i] = word
	}
	return values
}

// Hash names the experiment: the SHA-256 of Resolved in hexadecimal. Files that differ in comments, layout,
// key order or spelled-out defaults have the same hash; so small a thing as 8.0 for 8 gives another one, which only forbids a resume.
func (f *File) Hash() string {
	sum := sha256.Sum256(f.Resolved())
	return hex.EncodeToString(sum[:])
}

// fixValue is the table that the levels were read from: one level fixes, more narrow.
func fixValue(keep map[string][]string) map[string]any {
	if keep == nil {
		return nil
	}
	out, levels := map[string]any{}, map[string]any{}
	for axis, names := range keep {
		if len(names) == 1 && axis != "levels" {
			out[axis] = names[0]
			continue
		}
		list := make([]any, len(names))
		for i, name := range names {
			list[i] = name
		}
		levels[axis] = list
	}
	if len(levels) > 0 {
		out["levels"] = levels
	}
	return out
}

// optionValue is what the values were read from.
func optionValue(values []any) any {
	list := make([]any, len(values))
	for i, v := range values {
		list[i] = v
		if r, ok := v.(Range); ok {
			list[i] = r.value()
		}
		if isList(v) {
			list[i] = map[string]any{"value": v}
		}
	}
	if len(list) == 1 {
		return list[0]
	}
	return list
}

func isList(v any) bool { _, ok := asList(v); return ok }

func sortedKeys(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }

// valueText is a value in TOML, on one line.
func valueText(v any) string {
	switch v := v.(type) {
	case string:
		return stringText(v)
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		text := strconv.FormatFloat(v, 'g', -1, 64)
		if !strings.ContainsAny(text, ".eIN") {
			text += ".0" // else it would read as an integer
		}
		return text
	case []any:
		items := make([]string, len(v))
		for i := range v {
			items[i] = valueText(v[i])
		}
		return "[" + strings.Join(items, ", ") + "]"
	case map[string]any:
		if len(v) == 0 {
			return "{}"
		}
		var pairs []string
		for _, key := range sortedKeys(v) {
			pairs = append(pairs, keyText(key)+" = "+valueText(v[key]))
		}
		return "{ " + strings.Join(pairs, ", ") + " }"
	}
	panic(fmt.Sprintf("file: a %T is no value of a file", v))
}

// keyText is a key in TOML, quoted where it must be.
func keyText(key string) string {
	for i := range len(key) {
		if !tomllines.IsBare(key[i]) {
			return stringText(key)
		}
	}
	if key == "" {
		return stringText(key)
	}
	return key
}

// stringText is a basic string in TOML.
func stringText(s string) string {
	b := &strings.Builder{}
	b.WriteByte('"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteRune(c)
		case c < ' ' || c == 0x7f:
			fmt.Fprintf(b, `\u%04X`, c)
		default:
			b.WriteRune(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}
