package wire

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
)

// encoder writes a message: its line, and behind it the binary arrays.
type encoder struct {
	line, tail []byte
	binary     bool
	err        error // the first value that the protocol has no words for
}

// encode appends a message's frame to the encoder's buffers. id < 0 means none.
func (e *encoder) encode(id int64, m message) error {
	e.line, e.tail, e.err = append(e.line[:0], `{"type":"`...), e.tail[:0], nil
	e.line = append(append(e.line, m.name()...), '"')
	if id >= 0 {
		e.line = strconv.AppendInt(append(e.line, `,"id":`...), id, 10)
	}
	m.fields(e)
	if len(e.tail) > 0 {
		e.line = strconv.AppendInt(append(e.line, `,"bytes":`...), int64(len(e.tail)), 10)
	}
	e.line = append(e.line, "}\n"...)
	switch {
	case e.err != nil:
		return fmt.Errorf("wire: %s: %w", m.name(), e.err)
	case len(e.line) > MaxLine:
		return fmt.Errorf("wire: %s: a line of %d bytes; the protocol allows %d: send fewer designs at a time", m.name(), len(e.line), MaxLine)
	case len(e.tail) > MaxBytes:
		return fmt.Errorf("wire: %s: %d binary bytes; the protocol allows %d: send fewer designs at a time", m.name(), len(e.tail), MaxBytes)
	}
	return nil
}

func (e *encoder) fail(key string, format string, args ...any) {
	if e.err == nil {
		e.err = fmt.Errorf("%q: %w", key, fmt.Errorf(format, args...))
	}
}

func (e *encoder) key(key string) {
	e.line = append(append(append(e.line, `,"`...), key...), `":`...)
}

func (e *encoder) protocol(v *int) {
	e.key("protocol")
	e.line = strconv.AppendInt(e.line, int64(*v), 10)
}

func (e *encoder) text(key string, v *string, need need) { e.json(key, v, *v != "", need) }

func (e *encoder) choice(key string, v *string, known ...string) {
	e.json(key, v, *v != known[0], optional)
}

func (e *encoder) flag(key string, v *bool) {
	if *v {
		e.key(key)
		e.line = append(e.line, "true"...)
	}
}

func (e *encoder) count(key string, v *int, need need) {
	if *v != 0 || need {
		e.key(key)
		e.line = strconv.AppendInt(e.line, int64(*v), 10)
	}
}

func (e *encoder) seed(key string, v *uint64) {
	if *v != 0 {
		e.key(key)
		e.line = strconv.AppendUint(e.line, *v, 10)
	}
}

func (e *encoder) json(key string, v any, present bool, need need) {
	if !present && !bool(need) {
		return
	}
	text, err := json.Marshal(v)
	if err != nil {
		e.fail(key, "%w", err)
		return
	}
	if string(text) == "null" {
		text = []byte("[]") // only lists are required
	}
	e.key(key)
	e.line = append(e.line, text...)
}

func (e *encoder) levels(key string, v *Levels, need need) {
	if v.Rows == 0 && !bool(need) {
		return
	}
	e.key(key)
	if e.binary && len(v.Data) > 0 {
		e.place(dtypeU32, v.Rows, v.Cols)
		e.tail = appendU32(e.tail, v.Data)
		return
	}
	e.rows(v.Rows, func(i int) {
		e.line = append(e.line, '[')
		for k, level := range v.Row(i) {
			e.comma(k)
			e.line = strconv.AppendUint(e.line, uint64(level), 10)
		}
		e.line = append(e.line, ']')
	})
}

func (e *encoder) table(key string, v *Table, need need) {
	if v.Rows == 0 && !bool(need) {
		return
	}
	e.key(key)
	if e.binary && len(v.Data) > 0 {
		e.place(dtypeF64, v.Rows, v.Cols)
		e.tail = appendF64(e.tail, v.Data)
		return
	}
	e.rows(v.Rows, func(i int) {
		row := v.Row(i)
		if row == nil && v.Cols > 0 {
			e.line = append(e.line, "null"...)
			return
		}
		e.numbers(key, row)
	})
}

func (e *encoder) list(key string, v *[]float64) {
	if len(*v) == 0 {
		return
	}
	e.key(key)
	if e.binary {
		e.place(dtypeF64, len(*v))
		e.tail = appendF64(e.tail, *v)
		return
	}
	e.numbers(key, *v)
}

func (e *encoder) indices(key string, v *[]uint32) {
	if len(*v) == 0 {
		return
	}
	e.key(key)
	if e.binary {
		e.place(dtypeU32, len(*v))
		e.tail = appendU32(e.tail, *v)
		return
	}
	e.line = append(e.line, '[')
	for k, index := range *v {
		e.comma(k)
		e.line = strconv.AppendUint(e.line, uint64(index), 10)
	}
	e.line = append(e.line, ']')
}

// place writes where the next binary array lies.
func (e *encoder) place(dtype string, shape ...int) {
	e.line = append(append(append(e.line, `{"dtype":"`...), dtype...), `","shape":[`...)
	for k, n := range shape {
		e.comma(k)
		e.line = strconv.AppendInt(e.line, int64(n), 10)
	}
	e.line = strconv.AppendInt(append(e.line, `],"at":`...), int64(len(e.tail)), 10)
	e.line = append(e.line, '}')
}

func (e *encoder) rows(n int, write func(i int)) {
	e.line = append(e.line, '[')
	for i := range n {
		e.comma(i)
		write(i)
	}
	e.line = append(e.line, ']')
}

func (e *encoder) numbers(key string, values []float64) {
	e.line = append(e.line, '[')
	for k, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			e.fail(key, "%v is not a finite number", v)
		}
		e.comma(k)
		e.line = appendNumber(e.line, v)
	}
	e.line = append(e.line, ']')
}

// appendNumber appends the shortest text that reads back equal; an exponent only where the number would be long.
func appendNumber(line []byte, v float64) []byte {
	format := byte('f')
	if size := math.Abs(v); size != 0 && (size < 1e-6 || size >= 1e21) {
		format = 'e'
	}
	return strconv.AppendFloat(line, v, format, -1, 64)
}

func (e *encoder) comma(k int) {
	if k > 0 {
		e.line = append(e.line, ',')
	}
}
