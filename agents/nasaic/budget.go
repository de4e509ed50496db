package nasaic

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/suggest"
)

// budget is a sum of axes that must not exceed a number.
type budget struct {
	axes   []int // ascending
	least  []float64
	atMost float64
}

// parseBudgets reads "a + b <= 64; c + d <= 8". Axes must be ordinal and stand in one budget each.
func parseBudgets(s space.Space, text string) (list []budget, err error) {
	var errs []error
	used := map[int]bool{}
	for _, part := range strings.Split(text, ";") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		sum, bound, found := strings.Cut(part, "<=")
		var b budget
		var err error
		if b.atMost, err = strconv.ParseFloat(strings.TrimSpace(bound), 64); !found || err != nil || math.IsNaN(b.atMost) || math.IsInf(b.atMost, 0) {
			errs = append(errs, fmt.Errorf(`budgets: %q is not of the form "axis + axis <= number"`, strings.TrimSpace(part)))
			continue
		}
		taken := map[int]bool{}
		for _, name := range strings.Split(sum, "+") {
			axis, err := ordinal(s, strings.TrimSpace(name))
			switch {
			case err != nil:
				errs = append(errs, err)
			case used[axis]:
				errs = append(errs, fmt.Errorf("budgets: axis %q stands in two places", s.Param(axis).Name))
			default:
				used[axis], taken[axis] = true, true
			}
		}
		total := 0.0
		for axis, p := range s.Params() {
			if taken[axis] {
				b.axes, b.least = append(b.axes, axis), append(b.least, p.Values[0])
				total += p.Values[0]
			}
		}
		if total > b.atMost {
			errs = append(errs, fmt.Errorf("budgets: %q: the least levels already sum to %v", strings.TrimSpace(part), total))
		}
		list = append(list, b)
	}
	return list, errors.Join(errs...)
}

// ordinal finds an axis by name.
func ordinal(s space.Space, name string) (axis int, err error) {
	var names []string
	for axis, p := range s.Params() {
		if p.Name == name {
			if p.Kind != space.Ordinal {
				return 0, fmt.Errorf("budgets: axis %q has no numbers", name)
			}
			return axis, nil
		}
		if p.Kind == space.Ordinal {
			names = append(names, p.Name)
		}
	}
	return 0, fmt.Errorf("budgets: %w", suggest.Unknown("axis", name, names))
}

// legal masks the levels of an axis that leave too little for the later axes of its budget; nil = no budget.
func legal(s space.Space, budgets []budget, axis int, chosen space.Point) []bool {
	for _, b := range budgets {
		left, mine := b.atMost, false
		for i, other := range b.axes {
			switch {
			case other == axis:
				mine = true
			case other > axis:
				left -= b.least[i]
			case s.Active(chosen, other):
				left -= s.Param(other).Values[chosen[other]]
			}
		}
		if !mine {
			continue
		}
		mask := make([]bool, s.Levels(axis))
		for level, v := range s.Param(axis).Values {
			mask[level] = v <= left
		}
		mask[0] = true
		return mask
	}
	return nil
}
