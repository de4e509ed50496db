package timeloop

import (
	"math"
	"strconv"
	"strings"
)

// maxInteger bounds the sizes and factors of files: their products are checked, their sums need no care.
const maxInteger = 1 << 40

// word is a scalar's text.
func (r *reader) word(n *node, what string) (string, bool) {
	if n.kind != scalar {
		r.bad(n, "%s is %s, not a word", what, n.kind)
		return "", false
	}
	return n.text, true
}

// name is the word of a key of a table that must have it.
func (r *reader) name(n *node, what string) string {
	v := n.get("name")
	if v == nil {
		r.bad(n, "%s has no name", what)
		return ""
	}
	text, ok := r.word(v, what+": name")
	if ok && text == "" {
		r.bad(v, "%s: the name is empty", what)
	}
	return text
}

// number is a scalar as a number; false, with a mistake noted, when it is none.
func (r *reader) number(n *node, what string) (float64, bool) {
	text, ok := r.word(n, what)
	if !ok {
		return 0, false
	}
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		r.bad(n, "%s: %q is not a number (expressions are not read)", what, text)
		return 0, false
	}
	return v, true
}

// amount is a number that is not negative.
func (r *reader) amount(n *node, what string) float64 {
	v, ok := r.number(n, what)
	if ok && v < 0 {
		r.bad(n, "%s %g is negative", what, v)
		return 0
	}
	return v
}

// integer is a scalar as a whole number in a range; the least where it is none, with a mistake noted.
func (r *reader) integer(n *node, what string, least, most int64) int64 {
	v, ok := r.number(n, what)
	if !ok {
		return least
	}
	if v != math.Trunc(v) || v < float64(least) || v > float64(most) {
		r.bad(n, "%s %s out of range: want a whole number in [%d, %d]", what, n.text, least, most)
		return least
	}
	return int64(v)
}

// size is a count of at least one.
func (r *reader) size(n *node, what string) int64 { return r.integer(n, what, 1, maxInteger) }

// boolean is a scalar as true or false.
func (r *reader) boolean(n *node, what string) bool {
	text, ok := r.word(n, what)
	if !ok {
		return false
	}
	switch strings.ToLower(text) {
	case "true", "yes", "on":
		return true
	case "false", "no", "off":
		return false
	}
	r.bad(n, "%s: %q is neither true nor false", what, text)
	return false
}

// words is a list of words, or one word that holds several with blanks or commas between them.
func (r *reader) words(n *node, what string) []string {
	if n == nil {
		return nil
	}
	if n.kind == scalar {
		return strings.FieldsFunc(n.text, func(c rune) bool { return c == ' ' || c == ',' || c == '\t' || c == '\n' })
	}
	var list []string
	for _, item := range r.elements(n, what) {
		if text, ok := r.word(item, what); ok {
			list = append(list, strings.TrimSpace(text))
		}
	}
	return list
}

// version refuses versions whose meaning is not known.
func (r *reader) version(n *node, what string) string {
	v := n.get("version")
	if v == nil {
		return ""
	}
	text, _ := r.word(v, what+": version")
	switch text {
	case "0.2", "0.3", "0.4":
	default:
		r.bad(v, "%s: version %q is not read: want 0.2, 0.3 or 0.4", what, text)
	}
	return text
}
