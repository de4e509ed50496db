package device

import (
	"fmt"
	"strings"
)

// Standard is a family of devices that shares its command set and rules.
type Standard uint8

// The standards.
const (
	DDR3 Standard = iota
	DDR4
	DDR5
	LPDDR4
	LPDDR5
	HBM2
	GDDR6

	standards = iota // how many there are
)

func standardNames() [standards]string {
	return [standards]string{"DDR3", "DDR4", "DDR5", "LPDDR4", "LPDDR5", "HBM2", "GDDR6"}
}

// String is the standard's name: "DDR4".
func (s Standard) String() string {
	if names := standardNames(); int(s) < len(names) {
		return names[s]
	}
	return fmt.Sprintf("Standard(%d)", s)
}

// ParseStandard is the standard of that name, in capitals or not.
func ParseStandard(name string) (Standard, error) {
	names := standardNames()
	for i, n := range names {
		if strings.EqualFold(n, name) {
			return Standard(i), nil
		}
	}
	return 0, fmt.Errorf("device: unknown standard %q: valid are %s", name, strings.Join(names[:], ", "))
}

// MarshalText is the standard's name.
func (s Standard) MarshalText() ([]byte, error) {
	if s >= standards {
		return nil, fmt.Errorf("device: standard %d out of range [0, %d]", s, standards-1)
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads a standard's name.
func (s *Standard) UnmarshalText(text []byte) error {
	parsed, err := ParseStandard(string(text))
	if err == nil {
		*s = parsed
	}
	return err
}
