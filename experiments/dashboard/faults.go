package dashboard

import (
	"strings"
	"unicode"

	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

// Bounds on the groups of failures, and on the text that is kept of a reason.
const (
	maxFaults      = 64
	maxReasonBytes = 2000
)

// Kind says in what way a trial gave no score.
type Kind string

// The kinds of faults.
const (
	Panic      Kind = "panic"      // the simulator panicked
	TimeOut    Kind = "time-out"   // the evaluation took longer than the file allows
	Failure    Kind = "failure"    // any other evaluation that broke: a dead process, a score that is not finite
	Infeasible Kind = "infeasible" // a property of the design
)

// Fault is a group of trials without a score, for reasons that differ in numbers only.
type Fault struct {
	Kind   Kind   `json:"kind"`
	Reason string `json:"reason"` // of the first of them
	Trials int    `json:"trials"`
	Study  int    `json:"study"` // the first of them, likewise below
	Trial  int    `json:"trial"`
	Design string `json:"design"`

	changed uint64
}

// faults are the groups of a sweep.
type faults struct {
	list    []Fault
	at      map[string]int // group by kind and pattern
	trials  int            // in all
	further int            // in no group: there are too many
}

// add takes a trial without a score; design words it where it is the first of its group.
func (f *faults) add(study int, row dataset.Row, version uint64, design func() string) {
	kind, reason := kindOf(row)
	f.trials++
	key := string(kind) + pattern(reason)
	i, known := f.at[key]
	if !known {
		if len(f.list) == maxFaults {
			f.further++
			return
		}
		if f.at == nil {
			f.at = map[string]int{}
		}
		i = len(f.list)
		f.at[key] = i
		f.list = append(f.list, Fault{Kind: kind, Reason: cut(reason, maxReasonBytes), Study: study, Trial: row.Trial, Design: cut(design(), maxReasonBytes)})
	}
	f.list[i].Trials++
	f.list[i].changed = version
}

// kindOf is how a row failed, and its reason.
func kindOf(row dataset.Row) (Kind, string) {
	failed := row.Result.Failed
	switch {
	case failed == "":
		return Infeasible, row.Result.Infeasible
	case wrap.TimedOut(row.Result):
		return TimeOut, failed
	case strings.HasPrefix(failed, "panic: "):
		return Panic, failed
	}
	return Failure, failed
}

// pattern is what reasons have in common that differ in numbers or in the design.
func pattern(reason string) string {
	reason, _, _ = strings.Cut(reason, ": design ")
	var b strings.Builder
	digits := false
	for _, r := range cut(reason, 200) {
		if unicode.IsDigit(r) {
			if !digits {
				b.WriteByte('#')
			}
			digits = true
			continue
		}
		digits = false
		b.WriteRune(r)
	}
	return b.String()
}

// cut is the beginning of a text, at a letter's end.
func cut(text string, bytes int) string {
	if len(text) <= bytes {
		return text
	}
	return strings.ToValidUTF8(text[:bytes], "") + "…"
}
