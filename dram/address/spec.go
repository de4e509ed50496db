package address

import (
	"errors"
	"fmt"
	"slices"
)

// field is a coordinate of a place.
type field int

const (
	channel field = iota
	rank
	bankGroup
	bank
	row
	column
	fields = iota
)

func (f field) String() string {
	return [fields]string{"channel", "rank", "bank group", "bank", "row", "column"}[f]
}

// Spec says which address bits make up which coordinate. Lists are least significant bit first; bit 0 is the lowest of the byte address.
type Spec struct {
	Channel, Rank, BankGroup, Bank, Row, Column []int
	XOR                                         []XOR // applied in this order before the coordinates are read
}

// XOR replaces an address bit by its exclusive or with another one.
type XOR struct{ Target, Source int }

// lists are the bit lists by field.
func (s *Spec) lists() [fields]*[]int {
	return [fields]*[]int{&s.Channel, &s.Rank, &s.BankGroup, &s.Bank, &s.Row, &s.Column}
}

// clone copies the lists.
func (s Spec) clone() Spec {
	for _, list := range s.lists() {
		*list = slices.Clone(*list)
	}
	s.XOR = slices.Clone(s.XOR)
	return s
}

// Check lists everything that keeps the spec from being a bijection between the addresses and the places of the geometry.
func (s Spec) Check(g Geometry) error {
	if err := g.check(); err != nil {
		return err
	}
	low, high := g.offsetBits(), g.addressBits()
	errs := append(s.checkLengths(g), s.checkBits(low, high)...)
	for i, x := range s.XOR {
		for _, end := range []struct {
			name string
			bit  int
		}{{"target", x.Target}, {"source", x.Source}} {
			if end.bit < low || end.bit >= high {
				errs = append(errs, fmt.Errorf("address: xor %d: %s bit %d belongs to no field: want one in [%d, %d)", i, end.name, end.bit, low, high))
			}
		}
		if x.Target == x.Source {
			errs = append(errs, fmt.Errorf("address: xor %d: target and source are both bit %d, which is not invertible: want two bits of [%d, %d)", i, x.Target, low, high))
		}
	}
	return errors.Join(errs...)
}

func (s Spec) checkLengths(g Geometry) (errs []error) {
	counts, widths := g.counts(), g.widths()
	for f, list := range s.lists() {
		if len(*list) != widths[f] {
			errs = append(errs, fmt.Errorf("address: %s has %d bits: want %d, for %d values", field(f), len(*list), widths[f], counts[f]))
		}
	}
	return errs
}

// checkBits tests that each bit of [low, high) is in one list.
func (s Spec) checkBits(low, high int) (errs []error) {
	owner := make([]field, high)
	for bit := range owner {
		owner[bit] = -1
	}
	for f, list := range s.lists() {
		for _, bit := range *list {
			switch {
			case bit < low || bit >= high:
				errs = append(errs, fmt.Errorf("address: %s: bit %d out of range [%d, %d)", field(f), bit, low, high))
			case owner[bit] >= 0:
				errs = append(errs, fmt.Errorf("address: %s: bit %d is already a bit of %s: want each of [%d, %d) once", field(f), bit, owner[bit], low, high))
			default:
				owner[bit] = field(f)
			}
		}
	}
	for bit := low; bit < high; bit++ {
		if owner[bit] < 0 {
			errs = append(errs, fmt.Errorf("address: bit %d belongs to no field: want each of [%d, %d) once", bit, low, high))
		}
	}
	return errs
}
