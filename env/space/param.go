package space

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/internal/suggest"
)

// Kind is the type of an axis. The zero value is Ordinal.
type Kind uint8

// The kinds of axes.
const (
	Ordinal     Kind = iota // ascending Values
	Nominal                 // unordered Labels
	Permutation             // an order of Labels
)

// MaxPermuted is the most labels that a Permutation axis may order: 8! = 40,320 levels.
const MaxPermuted = 8

// String is the kind's name in lower case.
func (k Kind) String() string {
	switch k {
	case Ordinal:
		return "ordinal"
	case Nominal:
		return "nominal"
	case Permutation:
		return "permutation"
	}
	return "kind " + strconv.Itoa(int(k))
}

// Cond says that the earlier axis Param must have one of the levels In, given as their names (see Param.LevelName).
type Cond struct {
	Param string
	In    []string
}

// Param declares one axis of a space.
type Param struct {
	Name  string // unique in its space; lower case with underscores by custom
	Unit  string // of Values, as printed: "KiB", "GB/s"; empty for pure numbers and labels
	Doc   string // one line
	Group string // the sub-system that owns the axis, for multi-agent environments; may be empty

	Kind   Kind
	Values []float64 // Ordinal: strictly ascending, finite, at least one
	Labels []string  // Nominal: unique, at least one; Permutation: unique, 2 to MaxPermuted
	Log    bool      // Ordinal: features scale with the logarithm of the value; Values must be positive

	When []Cond // active only when every condition on an EARLIER axis holds; none = always active
}

// Levels is the number of levels of the axis.
func (p Param) Levels() int {
	switch p.Kind {
	case Ordinal:
		return len(p.Values)
	case Permutation:
		return factorial(len(p.Labels))
	}
	return len(p.Labels)
}

// LevelName is the text of a level: a number in the shortest form that reads back equal, a label, or labels joined by '>' in their order.
// The level must be in [0, Levels()).
func (p Param) LevelName(level int) string {
	switch p.Kind {
	case Ordinal:
		return formatNumber(p.Values[level])
	case Permutation:
		var order [MaxPermuted]int
		names := make([]string, len(p.Labels))
		for i, label := range Unrank(order[:0], level, len(p.Labels)) {
			names[i] = p.Labels[label]
		}
		return strings.Join(names, ">")
	}
	return p.Labels[level]
}

// Level is the level with the given name; an ordinal name may be any notation of its number. The error lists the known names.
func (p Param) Level(name string) (int, error) {
	switch p.Kind {
	case Ordinal:
		if v, err := strconv.ParseFloat(name, 64); err == nil {
			if i, ok := slices.BinarySearch(p.Values, v); ok {
				return i, nil
			}
		}
	case Permutation:
		if r, ok := p.rank(strings.Split(name, ">")); ok {
			return r, nil
		}
	default:
		if i := slices.Index(p.Labels, name); i >= 0 {
			return i, nil
		}
		return 0, suggest.Unknown(fmt.Sprintf("level of %q", p.Name), name, p.Labels)
	}
	return 0, fmt.Errorf("level %q of %q is not one of its levels: %s%s", name, p.Name, p.Range(), p.around(name))
}

// listed is how many values of an ordinal axis Range lists.
const listed = 12

// Range describes the axis in one phrase: "rows ∈ {4, 8, 16} PE", of many levels "cycles ∈ [1, 100] (100 levels)", "dataflow ∈ {os, ws, is}",
// "order ∈ orders of {k, c, x}, written k>c>x".
func (p Param) Range() string {
	switch p.Kind {
	case Ordinal:
		unit := ""
		if p.Unit != "" {
			unit = " " + p.Unit
		}
		if len(p.Values) > listed {
			return fmt.Sprintf("%s ∈ [%s, %s] (%d levels)%s", p.Name, formatNumber(p.Values[0]), formatNumber(p.Values[len(p.Values)-1]), len(p.Values), unit)
		}
		names := make([]string, len(p.Values))
		for i, v := range p.Values {
			names[i] = formatNumber(v)
		}
		return fmt.Sprintf("%s ∈ {%s}%s", p.Name, strings.Join(names, ", "), unit)
	case Permutation:
		return fmt.Sprintf("%s ∈ orders of {%s}, written %s", p.Name, strings.Join(p.Labels, ", "), strings.Join(p.Labels, ">"))
	}
	return fmt.Sprintf("%s ∈ {%s}", p.Name, strings.Join(p.Labels, ", "))
}

// around names the levels on either side of a number between two of them, where Range does not list them.
func (p Param) around(name string) string {
	v, err := strconv.ParseFloat(name, 64)
	if err != nil || p.Kind != Ordinal || len(p.Values) <= listed {
		return ""
	}
	above, _ := slices.BinarySearch(p.Values, v)
	if above == 0 || above == len(p.Values) {
		return ""
	}
	return fmt.Sprintf("; next to it are %s and %s", formatNumber(p.Values[above-1]), formatNumber(p.Values[above]))
}

// check reports everything that is wrong with the axis by itself; conditions are checked by New.
func (p Param) check() error {
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("axis %q: "+format, append([]any{p.Name}, args...)...))
	}
	if p.Name == "" || strings.TrimSpace(p.Name) != p.Name {
		bad("the name must be non-empty without surrounding space")
	}
	switch p.Kind {
	case Ordinal:
		if len(p.Values) == 0 {
			bad("an ordinal axis needs at least one value")
		}
		if len(p.Labels) > 0 {
			bad("an ordinal axis has Values, not Labels")
		}
		for i, v := range p.Values {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				bad("value %v is not finite", v)
			} else if i > 0 && v <= p.Values[i-1] {
				bad("values must ascend strictly: %v after %v", v, p.Values[i-1])
			} else if p.Log && v <= 0 {
				bad("value %v of a logarithmic axis is not positive", v)
			}
		}
	case Nominal, Permutation:
		if len(p.Values) > 0 || p.Log {
			bad("a %s axis has Labels, neither Values nor Log", p.Kind)
		}
		if p.Kind == Nominal && len(p.Labels) == 0 {
			bad("a nominal axis needs at least one label")
		}
		if p.Kind == Permutation && (len(p.Labels) < 2 || len(p.Labels) > MaxPermuted) {
			bad("a permutation axis orders 2 to %d labels, not %d", MaxPermuted, len(p.Labels))
		}
		for i, l := range p.Labels {
			if l == "" || slices.Contains(p.Labels[:i], l) || p.Kind == Permutation && strings.Contains(l, ">") {
				bad("label %q must be non-empty, unique and, in a permutation, without '>'", l)
			}
		}
	default:
		bad("%s is not one of ordinal, nominal, permutation", p.Kind)
	}
	return errors.Join(errs...)
}

func formatNumber(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
