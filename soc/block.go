package soc

import "fmt"

// Kind is the kind of a block.
type Kind uint8

// The kinds of blocks.
const (
	GPP  Kind = iota // general processor: runs every task
	IP               // accelerator of one task
	SRAM             // memory on the chip
	DRAM             // stacked memory, its area budgeted apart
	Bus
	kinds = iota
)

func kindNames() [kinds]string { return [kinds]string{"gpp", "ip", "sram", "dram", "bus"} }

// String is the kind's name in files.
func (k Kind) String() string {
	if k < kinds {
		return kindNames()[k]
	}
	return fmt.Sprintf("Kind(%d)", uint8(k))
}

// MarshalText implements encoding.TextMarshaler.
func (k Kind) MarshalText() ([]byte, error) {
	if k >= kinds {
		return nil, fmt.Errorf("soc: unknown kind %d of block", uint8(k))
	}
	return []byte(k.String()), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (k *Kind) UnmarshalText(text []byte) error {
	for i, name := range kindNames() {
		if name == string(text) {
			*k = Kind(i)
			return nil
		}
	}
	return fmt.Errorf("soc: unknown kind %q of block: known are gpp, ip, sram, dram, bus", text)
}

// IsPE tells whether tasks run on blocks of the kind.
func (k Kind) IsPE() bool { return k == GPP || k == IP }

// IsMemory tells whether data is kept in blocks of the kind.
func (k Kind) IsMemory() bool { return k == SRAM || k == DRAM }

// Block is one instance of a library block in a design. Fields that its kind has no use for are zero.
type Block struct {
	ID          string // unique in the design: "P0"
	Kind        Kind
	Task        int   // IP: index of the task in the graph
	Unroll      int64 // IP: one of Library.Unrolls of the task
	ClockFactor int   // IP, memory, bus: multiple of the base clock, one of Library.ClockFactors
	WidthBytes  int   // memory, bus: one of Library.WidthsBytes
	Level       int   // index into Library.Levels: voltage and frequency; 0 is nominal
}
