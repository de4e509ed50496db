package simulators

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/internal/suggest"
)

// Setting declares one named option of a factory: of a simulator (its scenario), an environment or an agent (its hyper-parameters).
// The type of Default is the option's type: string, int, float64 or bool. Strict TOML files and `describe` come from these declarations.
// An integer "seed", or one whose name ends in "_seed", is the root of what a simulator draws at random: see Settings.Reseeded.
type Setting struct {
	Name, Unit, Doc string
	Default         any
	Allowed         []string // a string option: its only values, when not empty
	Min, Max        float64  // a numeric option: its range, both ends included, when Max > Min
}

// Settings are the values of declared options. Getters panic on an undeclared name or another type: that is a programmer's error.
type Settings struct {
	declared []Setting
	values   []any
}

// NewSettings checks given values against the declarations and fills in the defaults. Every mistake is reported at once.
func NewSettings(declared []Setting, given map[string]any) (Settings, error) {
	s := Settings{declared: declared, values: make([]any, len(declared))}
	names := make([]string, len(declared))
	var errs []error
	for i, d := range declared {
		names[i], s.values[i] = d.Name, d.Default
		if v, ok := given[d.Name]; ok {
			value, err := d.convert(v)
			errs = append(errs, err)
			s.values[i] = value
		}
	}
	for name := range given {
		if !slices.Contains(names, name) {
			errs = append(errs, suggest.Unknown("setting", name, names))
		}
	}
	slices.SortFunc(errs, func(a, b error) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	return s, errors.Join(errs...)
}

// maxWhole is the largest value of an integer setting: a float64 tells it from its neighbours.
const maxWhole = 1<<53 - 1

// convert checks one value, typed as a TOML, JSON or command-line decoder may have typed it.
func (d Setting) convert(v any) (any, error) {
	wrong := func() (any, error) {
		if text, ok := v.(string); ok {
			v = strconv.Quote(text)
		}
		return nil, fmt.Errorf("setting %q: %v is not %s", d.Name, v, d.Range())
	}
	var number float64
	switch n := v.(type) {
	case int:
		number = float64(n)
	case int64:
		number = float64(n)
	case float64:
		number = n
	}
	switch d.Default.(type) {
	case string:
		text, ok := v.(string)
		if !ok {
			return wrong()
		}
		if len(d.Allowed) > 0 && !slices.Contains(d.Allowed, text) {
			return nil, suggest.Unknown("value of setting "+d.Name, text, d.Allowed)
		}
		return text, nil
	case bool:
		if b, ok := v.(bool); ok {
			return b, nil
		}
		return wrong()
	}
	switch v.(type) {
	case int, int64, float64:
	default:
		return wrong()
	}
	if math.IsNaN(number) || d.Max > d.Min && (number < d.Min || number > d.Max) {
		return wrong()
	}
	if _, integer := d.Default.(int); integer {
		if number != math.Trunc(number) || math.Abs(number) > maxWhole {
			return wrong()
		}
		return int(number), nil
	}
	return number, nil
}

// Range says in words what values the option takes.
func (d Setting) Range() string {
	kind := "a number"
	switch d.Default.(type) {
	case string:
		if len(d.Allowed) > 0 {
			return "one of " + strings.Join(d.Allowed, ", ")
		}
		return "a string"
	case bool:
		return "true or false"
	case int:
		kind = "an integer"
	}
	if d.Max > d.Min {
		return fmt.Sprintf("%s in [%s, %s]", kind, plain(d.Min), plain(d.Max))
	}
	return kind
}

// plain is a number without an exponent.
func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// Map is the values by name, defaults included: what a dataset records.
func (s Settings) Map() map[string]any {
	m := make(map[string]any, len(s.values))
	for i, d := range s.declared {
		m[d.Name] = s.values[i]
	}
	return m
}

// String is the value of a string option.
func (s Settings) String(name string) string { return get[string](s, name) }

// Int is the value of an integer option.
func (s Settings) Int(name string) int { return get[int](s, name) }

// Float is the value of a float64 option.
func (s Settings) Float(name string) float64 { return get[float64](s, name) }

// Bool is the value of a true-or-false option.
func (s Settings) Bool(name string) bool { return get[bool](s, name) }

func get[T any](s Settings, name string) T {
	i := slices.IndexFunc(s.declared, func(d Setting) bool { return d.Name == name })
	if i < 0 {
		panic(fmt.Sprintf("simulators: setting %q is not declared", name))
	}
	return s.values[i].(T)
}
