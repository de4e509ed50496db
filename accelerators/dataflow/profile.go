package dataflow

import "fmt"

// Profile says whose numbers the engine gives. The zero value is Physical.
type Profile uint8

// The profiles.
const (
	Physical Profile = iota // what the mapping makes the hardware do
	Maestro                 // what MAESTRO prints, quirk for quirk: see DEVIATIONS.md
)

// profileNames are the names of the profiles, in the order of the constants.
const profileNames = "physical, maestro"

// String returns the lower-case name.
func (p Profile) String() string {
	switch p {
	case Physical:
		return "physical"
	case Maestro:
		return "maestro"
	}
	return fmt.Sprintf("Profile(%d)", uint8(p))
}

// MarshalText writes the name; an unknown profile is an error.
func (p Profile) MarshalText() ([]byte, error) {
	if p > Maestro {
		return nil, fmt.Errorf("dataflow: unknown profile %s: known are %s", p, profileNames)
	}
	return []byte(p.String()), nil
}

// UnmarshalText reads a name that MarshalText wrote.
func (p *Profile) UnmarshalText(text []byte) error {
	for known := Physical; known <= Maestro; known++ {
		if known.String() == string(text) {
			*p = known
			return nil
		}
	}
	return fmt.Errorf("dataflow: unknown profile %q: known are %s", text, profileNames)
}
