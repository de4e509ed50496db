package dramsim3

import (
	"fmt"
	"strings"
)

// PagePolicy decides whether a row stays open after an access.
type PagePolicy uint8

// The page policies.
const (
	Open   PagePolicy = iota // until another row of the bank is asked for
	Closed                   // closed after every access, by auto-precharge
)

// QueuePer says which banks share a command queue.
type QueuePer uint8

// The command queue structures.
const (
	PerBank QueuePer = iota // one queue for each bank
	PerRank                 // one queue for all banks of a rank
)

// RefreshPolicy says when the ranks are refreshed.
type RefreshPolicy uint8

// The refresh policies.
const (
	NoRefresh        RefreshPolicy = iota
	RankStaggered                  // the ranks in turn, evenly spread over the interval
	RankSimultaneous               // all ranks become due together
)

// PagePolicies lists the page policies in order of their values. The functions below do the same for the other policies.
func PagePolicies() []PagePolicy { return []PagePolicy{Open, Closed} }

// QueuePers lists the command queue structures.
func QueuePers() []QueuePer { return []QueuePer{PerBank, PerRank} }

// RefreshPolicies lists the refresh policies.
func RefreshPolicies() []RefreshPolicy {
	return []RefreshPolicy{NoRefresh, RankStaggered, RankSimultaneous}
}

// String is the policy's name in settings and designs.
func (p PagePolicy) String() string { return name(p, "open closed") }

// String is the structure's name.
func (q QueuePer) String() string { return name(q, "bank rank") }

// String is the refresh policy's name.
func (p RefreshPolicy) String() string { return name(p, "none rank_staggered rank_simultaneous") }

// name is the i-th of the names, or the number of a value that is none.
func name[E ~uint8](value E, names string) string {
	if list := strings.Fields(names); int(value) < len(list) {
		return list[value]
	}
	return fmt.Sprint(uint8(value))
}
