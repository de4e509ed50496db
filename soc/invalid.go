package soc

import "fmt"

// Reason says which rule an invalid design breaks.
type Reason uint8

// The rules. A search meets all but Malformed.
const (
	Malformed        Reason = iota // an index, an ID, a level or a length is wrong: a mistake of the program, not of the search
	MemoryOnTwoBuses               // a memory hangs on one bus at most
	SelfLink                       // a block linked to itself
	BadLink                        // a link that is not bus to bus, processor to bus or memory to bus
	TaskNotRunnable                // a task on a block that cannot run it
	NoRoute                        // no way over buses from a task's processor to the memory of its data
	TooLarge                       // more data in a memory than the largest one of the table holds
	reasons          = iota
)

func reasonNames() [reasons]string {
	return [reasons]string{"malformed", "memory_on_two_buses", "self_link", "bad_link", "task_not_runnable_on_pe", "no_route", "too_large"}
}

// String is the reason in one word.
func (r Reason) String() string {
	if r < reasons {
		return reasonNames()[r]
	}
	return fmt.Sprintf("Reason(%d)", uint8(r))
}

// Invalid is the error of a design that breaks a rule.
type Invalid struct {
	Reason Reason
	What   string // names the offender: `task "descale" is on A3, an accelerator of "scale"`
}

// Error is the rule and the offender.
func (e *Invalid) Error() string { return fmt.Sprintf("%v: %s", e.Reason, e.What) }
