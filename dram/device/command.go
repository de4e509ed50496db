package device

import "fmt"

// Command is one command on a DRAM command bus.
type Command uint8

// The commands. Bank commands name a bank; rank commands act on all banks of a rank.
const (
	ACT    Command = iota // open a row; bank
	RD                    // read a burst; bank
	RDA                   // read a burst, then precharge; bank
	WR                    // write a burst; bank
	WRA                   // write a burst, then precharge; bank
	PRE                   // close the row; bank
	REFPB                 // refresh one bank
	PREA                  // close all rows; rank
	REF                   // refresh all banks; rank
	PDEA                  // enter power-down with a row open; rank
	PDXA                  // leave it; rank
	PDEP                  // enter power-down with all rows closed; rank
	PDXP                  // leave it; rank
	SREFEN                // enter self refresh; rank
	SREFEX                // leave it; rank

	Commands = iota // how many there are
)

// BankCommands is how many commands name a bank; they are the first ones.
const BankCommands = int(REFPB) + 1

// String is the command's name, as traces spell it.
func (c Command) String() string {
	names := [Commands]string{"ACT", "RD", "RDA", "WR", "WRA", "PRE", "REFPB", "PREA", "REF", "PDEA", "PDXA", "PDEP", "PDXP", "SREFEN", "SREFEX"}
	if int(c) < len(names) {
		return names[c]
	}
	return fmt.Sprintf("Command(%d)", c)
}

// IsColumn tells whether the command moves data.
func (c Command) IsColumn() bool { return RD <= c && c <= WRA }

// IsRead tells whether the command reads data.
func (c Command) IsRead() bool { return c == RD || c == RDA }

// OfBank tells whether the command names a bank, and not a whole rank.
func (c Command) OfBank() bool { return int(c) < BankCommands }

// Issued is a command that was issued: one line of a command trace.
type Issued struct {
	Cycle   int64 // clock in which its first part is on the command bus
	Command Command
	Channel int
	Rank    int
	Bank    int // within the rank, bank group · banks per group + bank of the group; 0 for rank commands
	Row     int // of ACT and of column commands; else 0
	Column  int // of column commands, in bursts; else 0
}
