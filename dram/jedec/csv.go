package jedec

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/dram/device"
)

// Header is the first line of a command trace.
const Header = "cycle,channel,rank,bank,row,column,command"

// columns are the fields of a line.
const columns = 7

// AppendCSV appends a command as a line of a command trace.
func AppendCSV(text []byte, c device.Issued) []byte {
	text = append(strconv.AppendInt(text, c.Cycle, 10), ',')
	for _, n := range [...]int{c.Channel, c.Rank, c.Bank, c.Row, c.Column} {
		text = append(strconv.AppendInt(text, int64(n), 10), ',')
	}
	return append(append(text, c.Command.String()...), '\n')
}

// ReadCSV reads a command trace: the [Header], then a command a line, in decimal, with the names of [device.Command] and columns in bursts.
// Empty lines, and lines that begin with #, are skipped. The first error ends the sequence; it names the line.
func ReadCSV(r io.Reader) iter.Seq2[device.Issued, error] {
	return func(yield func(device.Issued, error) bool) {
		lines, n, header := bufio.NewScanner(r), 0, false
		for lines.Scan() {
			n++
			line := strings.TrimSpace(lines.Text())
			switch {
			case line == "" || line[0] == '#':
				continue
			case !header:
				if header = line == Header; !header {
					yield(device.Issued{}, fmt.Errorf("jedec: line %d: %q: want the header %q", n, clip(line), Header))
					return
				}
				continue
			}
			c, err := parseLine(line)
			if err != nil {
				yield(device.Issued{}, fmt.Errorf("jedec: line %d: %w", n, err))
				return
			}
			if !yield(c, nil) {
				return
			}
		}
		switch err := lines.Err(); {
		case errors.Is(err, bufio.ErrTooLong):
			yield(device.Issued{}, fmt.Errorf("jedec: line %d: longer than %d bytes", n+1, bufio.MaxScanTokenSize))
		case err != nil:
			yield(device.Issued{}, fmt.Errorf("jedec: line %d: %w", n+1, err))
		case !header:
			yield(device.Issued{}, fmt.Errorf("jedec: empty trace: want the header %q", Header))
		}
	}
}

// clip keeps errors short.
func clip(text string) string { return text[:min(len(text), 80)] }

func parseLine(line string) (device.Issued, error) {
	fields := strings.Split(line, ",")
	if len(fields) != columns {
		return device.Issued{}, fmt.Errorf("%d fields: want %d: %s", len(fields), columns, Header)
	}
	names := strings.Split(Header, ",")
	var values [columns - 1]int64
	for i := range values {
		most := int64(math.MaxInt32)
		if i == 0 {
			most = math.MaxInt64 / 8
		}
		v, err := strconv.ParseInt(strings.TrimSpace(fields[i]), 10, 64)
		if err != nil || v < 0 || v > most {
			return device.Issued{}, fmt.Errorf("%s %q: want a number in [0, %d]", names[i], clip(fields[i]), most)
		}
		values[i] = v
	}
	command, err := parseCommand(strings.TrimSpace(fields[columns-1]))
	return device.Issued{
		Cycle: values[0], Channel: int(values[1]), Rank: int(values[2]), Bank: int(values[3]), Row: int(values[4]), Column: int(values[5]),
		Command: command,
	}, err
}

func parseCommand(name string) (device.Command, error) {
	names := make([]string, 0, device.Commands)
	for c := range device.Command(device.Commands) {
		if c.String() == name {
			return c, nil
		}
		names = append(names, c.String())
	}
	return 0, fmt.Errorf("command %q: want one of %s", clip(name), strings.Join(names, ", "))
}
