package objective

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/codesign-gym/codesign/internal/suggest"
)

// Parse decodes the table `objective` of an experiment file, such as
//
//	{ kind = "spec", minimise = ["latency_ns"], at_most = { power_mw = 1000 } }
//
// as a TOML decoder gives it. Every mistake is reported at once: unknown keys, wrong types, and what New would say before it knows the metrics.
func Parse(table map[string]any) (Config, error) {
	var c Config
	d := decoder{table: table}
	c.Kind = Kind(d.text("kind"))
	accepted := c.kind().keys()
	if accepted == nil {
		d.errs = append(d.errs, suggest.Unknown("objective kind", string(c.Kind), Kinds()))
		return Config{}, d.error()
	}
	for _, key := range slices.Sorted(maps.Keys(table)) {
		switch key {
		case "kind":
		case "minimise":
			c.Minimise = d.texts(key)
		case "maximise":
			c.Maximise = d.texts(key)
		case "at_most":
			c.AtMost = d.numbers(key)
		case "at_least":
			c.AtLeast = d.numbers(key)
		case "weights":
			c.Weights = d.numbers(key)
		case "targets":
			c.Targets = d.numbers(key)
		case "worst":
			c.Worst = d.numbers(key)
		case "cap":
			c.Cap = d.positive(key)
		case "rho":
			c.Rho = d.positive(key)
		default:
			d.errs = append(d.errs, suggest.Unknown(fmt.Sprintf("key of an objective of kind %q", c.kind()), key, accepted))
		}
	}
	d.errs = append(d.errs, c.check())
	if err := d.error(); err != nil {
		return Config{}, err
	}
	return c, nil
}

// decoder reads typed values of a table and gathers what is wrong with them.
type decoder struct {
	table map[string]any
	errs  []error
}

func (d *decoder) error() error {
	if err := errors.Join(d.errs...); err != nil {
		return fmt.Errorf("objective: %w", err)
	}
	return nil
}

func (d *decoder) wrong(key string, v any, want string) {
	d.errs = append(d.errs, fmt.Errorf("%s: %v (%T) is not %s", key, v, v, want))
}

// text is the string at key; empty when it is absent.
func (d *decoder) text(key string) string {
	v, ok := d.table[key]
	text, isText := v.(string)
	if ok && (!isText || text == "") {
		d.wrong(key, v, "a non-empty string")
	}
	return text
}

// texts is the list of strings at key; never nil, so that the key counts as given.
func (d *decoder) texts(key string) []string {
	texts := []string{}
	switch list := d.table[key].(type) {
	case []string:
		texts = append(texts, list...)
	case []any:
		for i, v := range list {
			if text, ok := v.(string); ok {
				texts = append(texts, text)
			} else {
				d.wrong(fmt.Sprintf("%s[%d]", key, i), v, "a term, which is a string")
			}
		}
	default:
		d.wrong(key, list, `a list of terms such as ["latency_ns"]`)
	}
	return texts
}

// numbers is the table from terms to numbers at key; never nil, so that the key counts as given.
func (d *decoder) numbers(key string) map[string]float64 {
	numbers := map[string]float64{}
	switch table := d.table[key].(type) {
	case map[string]float64:
		maps.Copy(numbers, table)
	case map[string]any:
		for _, term := range slices.Sorted(maps.Keys(table)) {
			if n, ok := number(table[term]); ok {
				numbers[term] = n
			} else {
				d.wrong(fmt.Sprintf("%s of %q", key, term), table[term], "a number")
			}
		}
	default:
		d.wrong(key, table, "a table from terms to numbers such as { power_mw = 1000 }")
	}
	return numbers
}

// positive is the number at key; 0, which Config takes as absent, is an error.
func (d *decoder) positive(key string) float64 {
	n, ok := number(d.table[key])
	if !ok || n == 0 {
		d.wrong(key, d.table[key], "a number above 0")
	}
	return n
}

// number is a value of one of the types that a TOML, JSON or command-line decoder gives to numbers.
func number(v any) (float64, bool) {
	switch n := v.(type) {
	case int:
		return float64(n), true
	case int64:
		return float64(n), true
	case float64:
		return n, true
	}
	return 0, false
}
