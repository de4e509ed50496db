package objective

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/internal/suggest"
)

// Kind names how terms become objectives and rewards. The zero value means Spec.
type Kind string

// The kinds; the package comment holds their equations.
const (
	Spec     Kind = "spec"     // one or several objectives within bounds
	Pareto   Kind = "pareto"   // at least two objectives
	Weighted Kind = "weighted" // one weighted sum
	Ratio    Kind = "ratio"    // ArchGym's two-sided distance to targets
	Penalty  Kind = "penalty"  // NASAIC's weighted sum minus relative violations
)

// Kinds lists the names of the kinds.
func Kinds() []string {
	return []string{string(Spec), string(Pareto), string(Weighted), string(Ratio), string(Penalty)}
}

// The defaults and limits of Config.
const (
	DefaultCap = 1000 // source: ArchGym's RL environment limits its reward to 1000
	DefaultRho = 10   // source: NASAIC
	MaxRho     = 1e6  // the most that Rho may be; keeps rewards finite
)

// Config declares an objective. Terms are metric keys or expressions over them. A field that the kind does not use must be zero.
type Config struct {
	Kind     Kind
	Minimise []string           // terms; every kind but ratio needs at least one of the two lists
	Maximise []string           //
	AtMost   map[string]float64 // term -> bound
	AtLeast  map[string]float64 // term -> bound
	Weights  map[string]float64 // weighted, penalty: term -> weight > 0, of every term or of none; none = 1/n each
	Targets  map[string]float64 // ratio: term -> target > 0, at least one
	Cap      float64            // ratio: the limit of each ratio; 0 = DefaultCap
	Rho      float64            // penalty: the weight of the violations, in (0, MaxRho]; 0 = DefaultRho
	Worst    map[string]float64 // penalty: term of a bound -> the worst value, beyond the bound; none = the scale is the bound itself
}

// kind is the kind with the default filled in.
func (c Config) kind() Kind {
	if c.Kind == "" {
		return Spec
	}
	return c.Kind
}

// keys lists the accepted keys of a kind as TOML writes them; nil for an unknown kind.
func (k Kind) keys() []string {
	switch k {
	case Spec, Pareto:
		return []string{"kind", "minimise", "maximise", "at_most", "at_least"}
	case Weighted:
		return []string{"kind", "minimise", "maximise", "weights", "at_most", "at_least"}
	case Ratio:
		return []string{"kind", "targets", "cap", "at_most", "at_least"}
	case Penalty:
		return []string{"kind", "minimise", "maximise", "weights", "rho", "at_most", "at_least", "worst"}
	}
	return nil
}

// given lists the keys that the configuration sets.
func (c Config) given() []string {
	var keys []string
	for _, field := range []struct {
		key string
		set bool
	}{
		{"minimise", c.Minimise != nil}, {"maximise", c.Maximise != nil}, {"at_most", c.AtMost != nil}, {"at_least", c.AtLeast != nil},
		{"weights", c.Weights != nil}, {"targets", c.Targets != nil}, {"cap", c.Cap != 0}, {"rho", c.Rho != 0}, {"worst", c.Worst != nil},
	} {
		if field.set {
			keys = append(keys, field.key)
		}
	}
	return keys
}

// check reports everything that is wrong with the configuration, apart from its terms.
func (c Config) check() error {
	kind := c.kind()
	accepted := kind.keys()
	if accepted == nil {
		return suggest.Unknown("objective kind", string(kind), Kinds())
	}
	var errs []error
	bad := func(wrong bool, format string, args ...any) {
		if wrong {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	for _, key := range c.given() {
		if !slices.Contains(accepted, key) {
			errs = append(errs, suggest.Unknown(fmt.Sprintf("key of an objective of kind %q", kind), key, accepted))
		}
	}
	terms := slices.Concat(c.Minimise, c.Maximise)
	switch kind {
	case Ratio:
		bad(len(c.Targets) == 0, "targets is empty: kind %q needs at least one target", kind)
	case Pareto:
		bad(len(terms) < 2, "minimise and maximise hold %d terms: kind %q needs at least two", len(terms), kind)
	default:
		bad(len(terms) == 0, "minimise and maximise are empty: kind %q needs at least one term", kind)
	}
	bad(kind == Penalty && len(c.AtMost)+len(c.AtLeast) == 0, "at_most and at_least are empty: kind %q needs at least one bound", kind)
	for i, term := range terms {
		bad(slices.Contains(terms[:i], term), "term %q occurs twice in minimise and maximise", term)
	}
	return errors.Join(append(errs, c.checkNumbers(terms)...)...)
}

// checkNumbers reports the numbers that are out of their range and the ones that belong to no term.
func (c Config) checkNumbers(terms []string) []error {
	var errs []error
	each := func(key string, values map[string]float64, positive bool) {
		for _, term := range slices.Sorted(maps.Keys(values)) {
			if err := checkNumber(fmt.Sprintf("%s of %q", key, term), values[term], positive); err != nil {
				errs = append(errs, err)
			}
		}
	}
	each("at_most", c.AtMost, false)
	each("at_least", c.AtLeast, false)
	each("weights", c.Weights, true)
	each("targets", c.Targets, true)
	each("worst", c.Worst, false)
	if c.Cap != 0 {
		errs = append(errs, checkNumber("cap", c.Cap, true))
	}
	if c.Rho != 0 {
		errs = append(errs, checkNumber("rho", c.Rho, true))
	}
	if c.Rho > MaxRho {
		errs = append(errs, fmt.Errorf("rho is %v: must be at most %v", c.Rho, MaxRho))
	}
	errs = append(errs, sameTerms(c.Weights, terms)...)
	for _, term := range slices.Sorted(maps.Keys(c.Worst)) {
		most, isMost := c.AtMost[term]
		least, isLeast := c.AtLeast[term]
		switch worst := c.Worst[term]; {
		case isMost == isLeast:
			errs = append(errs, fmt.Errorf("worst of %q: the term needs exactly one bound, in at_most or at_least", term))
		case isMost && worst <= most:
			errs = append(errs, fmt.Errorf("worst of %q is %v: must be above its bound, at most %v", term, worst, most))
		case isLeast && worst >= least:
			errs = append(errs, fmt.Errorf("worst of %q is %v: must be below its bound, at least %v", term, worst, least))
		}
	}
	return errs
}

// checkNumber reports a number that is not finite, or not positive where it must be.
func checkNumber(what string, v float64, positive bool) error {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return fmt.Errorf("%s is %v: must be finite", what, v)
	}
	if positive && v <= 0 {
		return fmt.Errorf("%s is %v: must be above 0", what, v)
	}
	return nil
}

// sameTerms reports weights of no term and terms without a weight.
func sameTerms(weights map[string]float64, terms []string) []error {
	if weights == nil {
		return nil
	}
	var errs []error
	for _, term := range slices.Sorted(maps.Keys(weights)) {
		if !slices.Contains(terms, term) {
			errs = append(errs, suggest.Unknown("term in weights", term, terms))
		}
	}
	for _, term := range terms {
		if _, ok := weights[term]; !ok {
			errs = append(errs, fmt.Errorf("term %q has no weight: weights must name every term or be absent", term))
		}
	}
	return errs
}
