package ramulator

import (
	"fmt"
	"strings"
)

// Scheduler chooses the request of a list that is served next.
type Scheduler uint8

// The schedulers.
const (
	FrFcfs       Scheduler = iota // the oldest request whose next command is legal now
	FrFcfsRowHit                  // so, but no PRE while an older request of the list hits the open row
)

// RowPolicy decides whether a row stays open after an access.
type RowPolicy uint8

// The row policies.
const (
	Open      RowPolicy = iota // until another row of the bank is asked for
	ClosedCap                  // closed after Cap accesses
)

// RefreshPolicy says what is refreshed at a time.
type RefreshPolicy uint8

// The refresh policies.
const (
	NoRefresh RefreshPolicy = iota
	AllBank
)

// Schedulers lists the schedulers in order of their values. The functions below do the same for the other policies.
func Schedulers() []Scheduler { return []Scheduler{FrFcfs, FrFcfsRowHit} }

// RowPolicies lists the row policies.
func RowPolicies() []RowPolicy { return []RowPolicy{Open, ClosedCap} }

// RefreshPolicies lists the refresh policies.
func RefreshPolicies() []RefreshPolicy { return []RefreshPolicy{NoRefresh, AllBank} }

// String is the scheduler's name in settings and designs.
func (s Scheduler) String() string { return name(s, "frfcfs frfcfs_rowhit") }

// String is the row policy's name.
func (p RowPolicy) String() string { return name(p, "open closed_cap") }

// String is the refresh policy's name.
func (p RefreshPolicy) String() string { return name(p, "none all_bank") }

// name is the i-th of the names, or the number of a value that is none.
func name[E ~uint8](value E, names string) string {
	if list := strings.Fields(names); int(value) < len(list) {
		return list[value]
	}
	return fmt.Sprint(uint8(value))
}
