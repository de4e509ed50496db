package jedec

import (
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/dram/device"
)

// Rule is the name of a rule, as JEDEC spells delays.
type Rule string

// Delays between commands.
const (
	TRCD     Rule = "tRCD"
	TRC      Rule = "tRC"
	TRAS     Rule = "tRAS"
	TRP      Rule = "tRP"
	TRPAB    Rule = "tRPab"
	TRRDS    Rule = "tRRD_S"
	TRRDL    Rule = "tRRD_L"
	TRREFD   Rule = "tRREFD"
	TFAW     Rule = "tFAW"
	T32AW    Rule = "t32AW"
	TCCDS    Rule = "tCCD_S"
	TCCDL    Rule = "tCCD_L"
	TCCDLWR  Rule = "tCCD_L_WR"
	TRTW     Rule = "tRTW"
	TWTRS    Rule = "tWTR_S"
	TWTRL    Rule = "tWTR_L"
	TRTP     Rule = "tRTP"
	TWR      Rule = "tWR"
	TPPD     Rule = "tPPD"
	TRFC     Rule = "tRFC"
	TRFCPB   Rule = "tRFCpb"
	TCKE     Rule = "tCKE"
	TCKESR   Rule = "tCKESR"
	TXP      Rule = "tXP"
	TXS      Rule = "tXS"
	TXSDLL   Rule = "tXSDLL"
	TACTPDEN Rule = "tACTPDEN"
	TPRPDEN  Rule = "tPRPDEN"
	TREFPDEN Rule = "tREFPDEN"
	TRDPDEN  Rule = "tRDPDEN"
	TWRPDEN  Rule = "tWRPDEN"
)

// Buses, states, refresh and the form of the trace.
const (
	CommandBus   Rule = "command bus"
	DataBus      Rule = "data bus"
	TRTRS        Rule = "tRTRS"
	BankOpen     Rule = "bank open"
	BankClosed   Rule = "bank closed"
	WrongRow     Rule = "wrong row"
	PowerState   Rule = "power state"
	RefreshRound Rule = "refresh round"
	RefreshLate  Rule = "refresh late"
	RefreshEarly Rule = "refresh early"
	NoCommand    Rule = "no such command"
	NoPlace      Rule = "no such place"
	Order        Rule = "order"
)

// Rules are all rules, in the order of the documentation.
func Rules() []Rule {
	return []Rule{
		TRCD, TRC, TRAS, TRP, TRPAB, TRRDS, TRRDL, TRREFD, TFAW, T32AW, TCCDS, TCCDL, TCCDLWR, TRTW, TWTRS, TWTRL, TRTP, TWR, TPPD, TRFC,
		TRFCPB, TCKE, TCKESR, TXP, TXS, TXSDLL, TACTPDEN, TPRPDEN, TREFPDEN, TRDPDEN, TWRPDEN, CommandBus, DataBus, TRTRS, BankOpen,
		BankClosed, WrongRow, PowerState, RefreshRound, RefreshLate, RefreshEarly, NoCommand, NoPlace, Order,
	}
}

func (r Rule) known() bool { return slices.Contains(Rules(), r) }

// Violation is one broken rule.
type Violation struct {
	Rule          Rule
	Earlier       device.Issued // what the rule counts from; without meaning if Follows is false
	Follows       bool          // there is an earlier command
	Later         device.Issued // what came too early, or may not come at all
	EarliestCycle int64         // when it would have been legal by this rule (RefreshLate: its last legal clock); -1 if no waiting helps
}

// String says it in one line.
func (v Violation) String() string {
	text := string(v.Rule) + ": " + describe(v.Later)
	if v.Follows {
		text += " after " + describe(v.Earlier)
	}
	switch {
	case v.EarliestCycle < 0:
		return text + ": not legal in this state"
	case v.Rule == RefreshLate:
		return fmt.Sprintf("%s: latest clock %d", text, v.EarliestCycle)
	}
	return fmt.Sprintf("%s: earliest clock %d", text, v.EarliestCycle)
}

// describe names a command and its place.
func describe(c device.Issued) string {
	place := fmt.Sprintf("channel %d rank %d", c.Channel, c.Rank)
	if c.Command.OfBank() {
		place += fmt.Sprintf(" bank %d", c.Bank)
	}
	if c.Command == device.ACT || c.Command.IsColumn() {
		place += fmt.Sprintf(" row %d", c.Row)
	}
	if c.Command.IsColumn() {
		place += fmt.Sprintf(" column %d", c.Column)
	}
	return fmt.Sprintf("%s of clock %d (%s)", c.Command, c.Cycle, place)
}
