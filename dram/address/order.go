package address

import (
	"errors"
	"fmt"
	"strings"
)

// ParseOrder reads the order of whole fields in the notation of DRAMsim3: the names ch, ra, bg, ba, ro and co, each once, the most
// significant first, in any case. "rorabgbacoch" has the channel directly above the offset and the row on top.
func ParseOrder(text string, g Geometry) (Spec, error) {
	if err := g.check(); err != nil {
		return Spec{}, err
	}
	if len(text) != 2*fields {
		return Spec{}, fmt.Errorf("address: order %q: want %d characters: ch, ra, bg, ba, ro and co, each once", text, 2*fields)
	}
	var order [fields]field // the most significant first
	var errs []error
	var seen [fields]bool
	for i := range order {
		name := text[2*i : 2*i+2]
		f, known := parseField(name)
		switch {
		case !known:
			errs = append(errs, fmt.Errorf("address: order %q: no field %q: want ch, ra, bg, ba, ro and co, each once", text, name))
		case seen[f]:
			errs = append(errs, fmt.Errorf("address: order %q: %q occurs twice: want ch, ra, bg, ba, ro and co, each once", text, name))
		default:
			seen[f], order[i] = true, f
		}
	}
	if len(errs) > 0 {
		return Spec{}, errors.Join(errs...)
	}
	var s stack
	s.start(g)
	for i := len(order) - 1; i >= 0; i-- {
		s.put(order[i])
	}
	return s.spec, nil
}

// parseField finds a field as six-field order strings spell it.
func parseField(name string) (field, bool) {
	names := [fields]string{channel: "ch", rank: "ra", bankGroup: "bg", bank: "ba", row: "ro", column: "co"}
	for f, known := range names {
		if strings.EqualFold(name, known) {
			return field(f), true
		}
	}
	return 0, false
}

// stack builds a spec from the offset upwards.
type stack struct {
	spec   Spec
	next   int         // lowest address bit still free
	widths [fields]int // bits still to place
}

func (s *stack) start(g Geometry) { s.next, s.widths = g.offsetBits(), g.widths() }

// put places all remaining bits of fields, the lowest field first.
func (s *stack) put(order ...field) {
	for _, f := range order {
		s.putBits(f, s.widths[f])
	}
}

// putBits places up to n of the remaining bits of a field.
func (s *stack) putBits(f field, n int) {
	list := s.spec.lists()[f]
	for range min(n, s.widths[f]) {
		*list = append(*list, s.next)
		s.next++
		s.widths[f]--
	}
}

// xorRow pairs the bits of fields, the lowest field first, with the row bits from the lowest on, as far as there are row bits.
func (s *stack) xorRow(order ...field) {
	i := 0
	for _, f := range order {
		for _, bit := range *s.spec.lists()[f] {
			if i < len(s.spec.Row) {
				s.spec.XOR = append(s.spec.XOR, XOR{Target: bit, Source: s.spec.Row[i]})
				i++
			}
		}
	}
}
