package systolic

import (
	"fmt"
	"slices"
	"strings"
)

// Dataflow says which operand stays in the array. The zero value is OutputStationary.
type Dataflow uint8

// The dataflows, with the names that text uses.
const (
	OutputStationary Dataflow = iota // "os": sums stay, both inputs stream
	WeightStationary                 // "ws": filter stays, ifmap streams, partial sums leave
	InputStationary                  // "is": ifmap stays, filter streams, partial sums leave
)

// Profile says whose numbers a Problem stands for. The zero value is Physical.
type Profile uint8

// The profiles, with the names that text uses.
const (
	Physical   Profile = iota // "physical": what the hardware does
	ScaleSim                  // "scalesim": what SCALE-Sim v3 prints, its quirks included (DEVIATIONS.md)
	ScaleSimV2                // "scalesim-v2": what SCALE-Sim v2 prints: other stalls, and another range of the writes to DRAM
)

func dataflowNames() []string { return []string{"os", "ws", "is"} }
func profileNames() []string  { return []string{"physical", "scalesim", "scalesim-v2"} }

// String returns the short name.
func (d Dataflow) String() string { return name("Dataflow", dataflowNames(), int(d)) }

// MarshalText returns the short name; a value that is no dataflow is an error.
func (d Dataflow) MarshalText() ([]byte, error) { return marshal("dataflow", dataflowNames(), int(d)) }

// UnmarshalText accepts a short name.
func (d *Dataflow) UnmarshalText(text []byte) error {
	i, err := unmarshal("dataflow", dataflowNames(), text)
	if err == nil {
		*d = Dataflow(i)
	}
	return err
}

// String returns the name.
func (p Profile) String() string { return name("Profile", profileNames(), int(p)) }

// MarshalText returns the name; a value that is no profile is an error.
func (p Profile) MarshalText() ([]byte, error) { return marshal("profile", profileNames(), int(p)) }

// UnmarshalText accepts a name.
func (p *Profile) UnmarshalText(text []byte) error {
	i, err := unmarshal("profile", profileNames(), text)
	if err == nil {
		*p = Profile(i)
	}
	return err
}

func name(kind string, names []string, i int) string {
	if i < len(names) {
		return names[i]
	}
	return fmt.Sprintf("%s(%d)", kind, i)
}

func marshal(kind string, names []string, i int) ([]byte, error) {
	if i < len(names) {
		return []byte(names[i]), nil
	}
	return nil, fmt.Errorf("systolic: %s %d out of range [0, %d)", kind, i, len(names))
}

func unmarshal(kind string, names []string, text []byte) (int, error) {
	if i := slices.Index(names, string(text)); i >= 0 {
		return i, nil
	}
	return 0, fmt.Errorf("systolic: unknown %s %q: known are %s", kind, text, strings.Join(names, ", "))
}
