package device

// Scope says which banks a constraint joins.
type Scope uint8

// The scopes: a constraint holds from a command to later ones of ...
const (
	SameBank  Scope = iota // the same bank
	SameGroup              // the same bank group, the same bank included
	SameRank               // the same rank, the same bank included
	OtherRank              // another rank of the channel
)

// Constraint is a minimal distance in clocks between the issue of From and a later issue of To.
type Constraint struct {
	From, To Command
	Scope    Scope
	Clocks   int
}

// Window bounds how many commands of a set a rank may issue in a span: To may not issue earlier than Clocks[To] after the Count-th last of
// Members. For members of several clocks the distance is measured from the last clock of the member.
type Window struct {
	Count   int
	Members [Commands]bool
	Clocks  [Commands]int // 0 = To is not bound by the window
}

// Rules are all timing rules of a device.
type Rules struct {
	Constraints []Constraint
	Windows     []Window
	Clocks      [Commands]int   // of the command bus that a command takes; 0 = the device does not have the command
	Bus         [Commands]uint8 // 0, or 1 for the commands of the second command bus of HBM (column commands)
	ReadData    int             // clocks from RD to the end of its data
	WriteData   int             // clocks from WR to the end of its data
	ReadToPre   int             // clocks from RD to PRE of its bank
	WriteToPre  int             // clocks from WR to PRE of its bank
}
