package dataset

import (
	"archive/zip"
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"
	"unicode/utf8"
)

// ExportNPZ writes the dataset as NumPy's .npz: an array a column, of its name. Numbers that may be absent are float64 with NaN for null, texts are
// unicode strings, empty for null. It holds the whole dataset in memory, 8 bytes a number and 16 a text.
func ExportNPZ(w io.Writer, r *Reader) error {
	arrays := make([]npyArray, len(r.Columns()))
	for i, c := range r.Columns() {
		arrays[i].of(c)
	}
	for rec, err := range r.Rows() {
		if err != nil {
			return err
		}
		for i, v := range r.Values(&rec) {
			arrays[i].add(v)
		}
	}
	out := zip.NewWriter(w)
	for i, c := range r.Columns() {
		member, err := out.Create(c.Name + ".npy")
		if err == nil {
			err = arrays[i].write(member)
		}
		if err != nil {
			return fmt.Errorf("dataset: NPZ: column %s: %w", c.Name, err)
		}
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("dataset: NPZ: %w", err)
	}
	return nil
}

// npyArray is one column as NumPy holds it: words of 8 bytes, or texts.
type npyArray struct {
	kind  string // NumPy's type without the byte order: "f8", "i8", "u8", "b1", "U"
	words []uint64
	texts []string
	runes int // of the longest text
}

// of sets the kind for a column.
func (a *npyArray) of(c Column) {
	switch c.Type {
	case Double:
		a.kind = "f8"
	case Int32, Int64:
		a.kind = "i8"
	case Uint64:
		a.kind = "u8"
	case Bool:
		a.kind = "b1"
	default:
		a.kind = "U"
	}
}

// add appends a value, as Reader.Values gives it.
func (a *npyArray) add(v any) {
	word := uint64(0)
	switch v := v.(type) {
	case nil:
		word = math.Float64bits(math.NaN())
		if a.kind == "U" {
			a.addText("")
		}
	case string:
		a.addText(v)
	case json.RawMessage:
		a.addText(string(v))
	case float64:
		word = math.Float64bits(v)
	case int:
		word = uint64(v)
	case uint64:
		word = v
	case bool:
		if v {
			word = 1
		}
	}
	if a.kind != "U" {
		a.words = append(a.words, word)
	}
}

func (a *npyArray) addText(s string) {
	a.texts = append(a.texts, s)
	a.runes = max(a.runes, utf8.RuneCountInString(s))
}

// write writes the array in version 1.0 of the .npy format: a magic number, the length of a header that is a Python dictionary padded with
// spaces to a multiple of 64 bytes, the header, the items.
func (a *npyArray) write(w io.Writer) error {
	descr, n := "<"+a.kind, len(a.words)
	switch a.kind {
	case "b1":
		descr = "|b1"
	case "U":
		a.runes = max(a.runes, 1) // NumPy has no strings of no letters
		descr, n = fmt.Sprint("<U", a.runes), len(a.texts)
	}
	const preamble = 10
	header := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%d,), }", descr, n)
	header += strings.Repeat(" ", 63-(preamble+len(header))%64) + "\n"
	out := bufio.NewWriter(w)
	out.WriteString("\x93NUMPY\x01\x00") // the first error stays, and Flush returns it
	out.Write(binary.LittleEndian.AppendUint16(nil, uint16(len(header))))
	out.WriteString(header)
	var item []byte
	for _, word := range a.words {
		if a.kind == "b1" {
			item = append(item[:0], byte(word))
		} else {
			item = binary.LittleEndian.AppendUint64(item[:0], word)
		}
		out.Write(item)
	}
	for _, s := range a.texts {
		item = item[:0]
		for _, r := range s {
			item = binary.LittleEndian.AppendUint32(item, uint32(r))
		}
		out.Write(item)
		out.Write(make([]byte, 4*a.runes-len(item)))
	}
	return out.Flush()
}
