package dashboard

import (
	"cmp"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/codesign-gym/codesign/internal/suggest"
)

// Bounds on what one answer lists.
const (
	defaultLimit = 50
	maxLimit     = 500
	maxOffset    = 10_000
	maxQuery     = 500 // bytes of a filter
)

// query is what a table is asked for.
type query struct {
	terms         []term
	sort          string // column; empty = the table's own order
	descending    bool
	offset, limit int
	study         int // trials: of this study only; -1 = of all
}

// term is one condition of a filter: all must hold.
type term struct {
	not  bool
	key  string // column; empty = text anywhere in the row
	op   string
	text string // in small letters
	num  float64
	is   bool // text is a number
}

// parseQuery reads the parameters of a table.
func parseQuery(v url.Values) (q query, err error) {
	q = query{sort: v.Get("sort"), descending: v.Get("desc") == "1" || v.Get("desc") == "true", limit: defaultLimit, study: -1}
	for _, n := range []struct {
		key      string
		to       *int
		from, up int
	}{{"offset", &q.offset, 0, maxOffset}, {"limit", &q.limit, 1, maxLimit}, {"study", &q.study, 0, math.MaxInt32}} {
		if !v.Has(n.key) {
			continue
		}
		if *n.to, err = strconv.Atoi(v.Get(n.key)); err != nil || *n.to < n.from || *n.to > n.up {
			return q, fmt.Errorf("%s=%s is no number in [%d, %d]", n.key, v.Get(n.key), n.from, n.up)
		}
	}
	q.terms, err = parseFilter(v.Get("q"))
	return q, err
}

// parseFilter reads a filter: words with spaces between them, all of which must hold. A word is text that a row has somewhere, or a condition on a column:
// name, =, !=, <, <=, >, >= or ~ (has the text), value. Text in quotes may have spaces; a minus before a word turns it round.
func parseFilter(text string) ([]term, error) {
	if len(text) > maxQuery {
		return nil, fmt.Errorf("a filter of %d bytes: at most %d", len(text), maxQuery)
	}
	var terms []term
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimSpace(rest) {
		var t term
		t.not = rest[0] == '-' && len(rest) > 1 && rest[1] != ' '
		if t.not {
			rest = rest[1:]
		}
		key := rest[:len(rest)-len(strings.TrimLeftFunc(rest, isKey))]
		if op := operator(rest[len(key):]); key != "" && op != "" {
			t.key, t.op, rest = key, op, rest[len(key)+len(op):]
		}
		value, after, err := word(rest)
		if err != nil {
			return nil, err
		}
		if value == "" {
			return nil, fmt.Errorf("%s%s needs a value", t.key, t.op)
		}
		rest, t.text = after, strings.ToLower(value)
		number, err := strconv.ParseFloat(value, 64)
		t.num, t.is = number, err == nil && !math.IsNaN(number)
		if strings.ContainsAny(t.op, "<>") && !t.is {
			return nil, fmt.Errorf("%s%s needs a number, not %q", t.key, t.op, value)
		}
		terms = append(terms, t)
	}
	return terms, nil
}

func isKey(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// operator is the operator that a text begins with; empty = none.
func operator(text string) string {
	for _, op := range []string{"<=", ">=", "!=", "<", ">", "=", "~"} {
		if strings.HasPrefix(text, op) {
			return op
		}
	}
	return ""
}

// word takes a word, which may be in quotes, off a text.
func word(text string) (value, rest string, err error) {
	if !strings.HasPrefix(text, `"`) {
		end := strings.IndexFunc(text, unicode.IsSpace)
		if end < 0 {
			end = len(text)
		}
		return text[:end], text[end:], nil
	}
	value, rest, closed := strings.Cut(text[1:], `"`)
	if !closed {
		return "", "", fmt.Errorf("the quotes before %q are not closed", value)
	}
	return value, rest, nil
}

// field is the content of a table's cell.
type field struct {
	text string
	num  float64
	is   bool // it is a number
}

func textField(text string) field { return field{text: text} }

func numberField(v float64) field {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return field{}
	}
	return field{num: v, is: true}
}

// words is what a person sees of a field.
func (f field) words() string {
	if f.is {
		return strconv.FormatFloat(f.num, 'g', -1, 64)
	}
	return f.text
}

// column is a column of a table of rows R.
type column[R any] struct {
	name string
	get  func(*R) field
}

// holds tells whether a field is as a term wants it; an empty one is like nothing.
func (t term) holds(f field) bool {
	if !f.is && f.text == "" {
		return t.op == "!="
	}
	switch t.op {
	case "~":
		return strings.Contains(strings.ToLower(f.words()), t.text)
	case "=":
		return t.equals(f)
	case "!=":
		return !t.equals(f)
	case "<":
		return f.is && f.num < t.num
	case "<=":
		return f.is && f.num <= t.num
	case ">":
		return f.is && f.num > t.num
	case ">=":
		return f.is && f.num >= t.num
	}
	return false
}

func (t term) equals(f field) bool {
	if f.is && t.is {
		return f.num == t.num
	}
	return strings.ToLower(f.words()) == t.text
}

// filter makes one test of the terms. A column that the table has not is an error that lists those it has; known are names that other rows of the table
// have: no row of these columns passes.
func filter[R any](terms []term, columns []column[R], known []string) (func(*R) bool, error) {
	tests := make([]func(*R) bool, len(terms))
	for i, t := range terms {
		if t.key == "" {
			tests[i] = func(r *R) bool {
				for _, c := range columns {
					if strings.Contains(strings.ToLower(c.get(r).words()), t.text) {
						return !t.not
					}
				}
				return t.not
			}
			continue
		}
		c, err := columnOf(t.key, columns, known)
		if err != nil {
			return nil, err
		}
		tests[i] = func(r *R) bool { return c.get != nil && t.holds(c.get(r)) != t.not }
	}
	return func(r *R) bool {
		for _, test := range tests {
			if !test(r) {
				return false
			}
		}
		return true
	}, nil
}

// columnOf finds a column by its name; without get it is one that other rows have.
func columnOf[R any](name string, columns []column[R], known []string) (column[R], error) {
	var names []string
	for _, c := range columns {
		if strings.EqualFold(c.name, name) {
			return c, nil
		}
		names = append(names, c.name)
	}
	for _, other := range known {
		if strings.EqualFold(other, name) {
			return column[R]{name: other}, nil
		}
		if !slices.Contains(names, other) {
			names = append(names, other)
		}
	}
	return column[R]{}, suggest.Unknown("column", name, names)
}

// compareFields orders fields: numbers, then texts, then what is empty, in either direction.
func compareFields(a, b field, descending bool) int {
	rank := func(f field) int {
		switch {
		case f.is:
			return 0
		case f.text != "":
			return 1
		}
		return 2
	}
	if by := rank(a) - rank(b); by != 0 {
		return by
	}
	by := cmp.Or(cmp.Compare(a.num, b.num), cmp.Compare(a.text, b.text))
	if descending {
		return -by
	}
	return by
}
