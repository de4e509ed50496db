package trace

import (
	"fmt"
	"strings"
)

// Format is the syntax of a trace file.
type Format uint8

// The formats; the package comment states their lines.
const (
	Auto            Format = iota // by the ending of the file's name
	DRAMSys                       // .stl
	DRAMSysRelative               // .rstl: clocks count from the request before
	Ramulator                     // .trace or .trc with two fields a line; no clocks
	DRAMsim3                      // .trace or .trc with three fields a line
	CSV                           // .csv

	formats // how many there are
)

// grammar is what a reader needs to know of a format.
type grammar struct {
	name   string
	form   string // a valid line, for messages
	comma  bool   // separates fields, instead of spaces and tabs
	header string // the first line, if there is one
	parse  func(*Reader, fields) (Request, error)
}

const bounds = "with CLOCK and ADDRESS below 2^63, clocks in order"

func (f Format) grammar() grammar {
	switch f {
	case DRAMSys:
		return grammar{name: "dramsys", parse: (*Reader).dramsys,
			form: `"CLOCK: [(BYTES)] read|write HEXADDRESS [0xDATA]" ` + bounds}
	case DRAMSysRelative:
		return grammar{name: "dramsys-relative", parse: (*Reader).dramsysRelative,
			form: `"CLOCKS: [(BYTES)] read|write HEXADDRESS [0xDATA]", CLOCKS from the line above, ` + bounds}
	case Ramulator:
		return grammar{name: "ramulator", parse: (*Reader).ramulator,
			form: `"LD|ST ADDRESS" or "HEXADDRESS R|W" with ADDRESS below 2^63`}
	case DRAMsim3:
		return grammar{name: "dramsim3", parse: (*Reader).dramsim3,
			form: `"HEXADDRESS READ|WRITE|P_MEM_RD|P_MEM_WR|P_FETCH|P_LOCK_RD|P_LOCK_WR|BOFF CLOCK" ` + bounds}
	case CSV:
		return grammar{name: "csv", comma: true, header: csvHeader, parse: (*Reader).csv,
			form: `"CLOCK,R|W,ADDRESS" below the header "` + csvHeader + `", ` + bounds}
	default:
		return grammar{name: "auto", parse: (*Reader).byFields,
			form: `two fields (ramulator) or three (dramsim3)`}
	}
}

// String is the name of the format.
func (f Format) String() string {
	if f >= formats {
		return fmt.Sprintf("Format(%d)", uint8(f))
	}
	return f.grammar().name
}

// MarshalText is the name of the format.
func (f Format) MarshalText() ([]byte, error) {
	if f >= formats {
		return nil, fmt.Errorf("trace: %v is no format", f)
	}
	return []byte(f.String()), nil
}

// UnmarshalText takes the name of a format.
func (f *Format) UnmarshalText(text []byte) error {
	names := make([]string, formats)
	for i := range formats {
		if names[i] = i.String(); names[i] == string(text) {
			*f = i
			return nil
		}
	}
	return fmt.Errorf("trace: no format %q: known are %s", text, strings.Join(names, ", "))
}

// Detect is the format that the ending of a file name stands for, a further .gz aside. It is Auto for .trace and .trc, the ending of two
// formats: the number of fields of the first request decides.
func Detect(name string) (Format, error) {
	base := strings.TrimSuffix(strings.ToLower(name), ".gz")
	for _, e := range []struct {
		ending string
		format Format
	}{
		{".stl", DRAMSys}, {".rstl", DRAMSysRelative}, {".csv", CSV}, {".trace", Auto}, {".trc", Auto},
	} {
		if strings.HasSuffix(base, e.ending) {
			return e.format, nil
		}
	}
	return Auto, fmt.Errorf("trace: %s: the ending names no format: known are .stl, .rstl, .csv, .trace, .trc, each also with .gz; or name the format", name)
}
