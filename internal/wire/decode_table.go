package wire

import (
	"errors"
	"fmt"
	"math"
)

func (d *decoder) levels(key string, v *Levels, need need) {
	text, ok := d.take(key, need)
	if !ok {
		return
	}
	if text[0] == '{' {
		if shape, data, ok := d.place(key, text, dtypeU32, 2); ok {
			*v = NewLevels(shape[0], shape[1])
			readU32(v.Data, data)
		}
		return
	}
	n, known := numbers{scanner{text: text}}, false
	v.Rows, d.err = n.rows(func(isNull bool) error {
		if isNull {
			return errors.New("a row of levels cannot be null")
		}
		cols, err := n.items(func() error {
			level, err := n.level()
			v.Data = append(v.Data, level)
			return err
		})
		err = errors.Join(err, sameCols(&v.Cols, cols, !known))
		known = true
		return err
	})
	d.named(key)
}

func (d *decoder) table(key string, v *Table, need need) {
	text, ok := d.take(key, need)
	if !ok {
		return
	}
	if text[0] == '{' {
		if shape, data, ok := d.place(key, text, dtypeF64, 2); ok {
			*v = NewTable(shape[0], shape[1])
			readF64(v.Data, data)
			d.wrong(key, checkRows(*v))
		}
		return
	}
	rows := tableRows{numbers: numbers{scanner{text: text}}, table: v}
	v.Rows, d.err = rows.rows(rows.row)
	if d.err == nil && rows.before > 0 && !rows.known {
		v.Cols = 1 // nobody knows: no row has values
		d.err = rows.nulls(rows.before)
	}
	d.named(key)
}

// tableRows reads the rows of a table.
type tableRows struct {
	numbers
	table  *Table
	before int  // null rows before the first other one, whose length is not known until then
	known  bool // whether there was another one
}

func (r *tableRows) row(isNull bool) error {
	t := r.table
	if isNull {
		if !r.known {
			r.before++
			return nil
		}
		return r.nulls(1)
	}
	if !r.known {
		at := r.at
		cols, err := r.items(r.skip)
		if err != nil {
			return err
		}
		r.at, t.Cols, r.known = at, cols, true
		if err := r.nulls(r.before); err != nil {
			return err
		}
	}
	cols, err := r.items(func() error {
		value, err := r.number()
		t.Data = append(t.Data, value)
		return err
	})
	return errors.Join(err, sameCols(&t.Cols, cols, false))
}

func (r *tableRows) skip() error {
	_, err := r.number()
	return err
}

// nulls appends rows without values.
func (r *tableRows) nulls(n int) error {
	t := r.table
	if (len(t.Data)+n*t.Cols)*8 > MaxBytes {
		return fmt.Errorf("a table of more than %d bytes", MaxBytes)
	}
	for range n * t.Cols {
		t.Data = append(t.Data, math.NaN())
	}
	return nil
}

// sameCols reports a row of another length than the first one.
func sameCols(cols *int, got int, first bool) error {
	if first {
		*cols = got
	}
	if *cols != got {
		return fmt.Errorf("rows of %d and of %d numbers in one table", *cols, got)
	}
	return nil
}

// checkRows reports numbers that are not finite, apart from whole rows of NaN.
func checkRows(t Table) error {
	for i := range t.Rows {
		row := t.Data[i*t.Cols : (i+1)*t.Cols]
		nans := 0
		for _, v := range row {
			if math.IsInf(v, 0) {
				return fmt.Errorf("row %d: %v is not a finite number", i, v)
			}
			if math.IsNaN(v) {
				nans++
			}
		}
		if nans > 0 && nans < len(row) {
			return fmt.Errorf("row %d: NaN is not a finite number (only a whole row of NaN means something: it has no values)", i)
		}
	}
	return nil
}

func (d *decoder) list(key string, v *[]float64) {
	text, ok := d.take(key, optional)
	if !ok {
		return
	}
	if text[0] == '{' {
		shape, data, ok := d.place(key, text, dtypeF64, 1)
		if !ok {
			return
		}
		*v = make([]float64, shape[0])
		readF64(*v, data)
		for _, x := range *v {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				d.wrong(key, fmt.Errorf("%v is not a finite number", x))
			}
		}
		return
	}
	n := numbers{scanner{text: text}}
	_, err := n.items(func() error {
		value, err := n.number()
		*v = append(*v, value)
		return err
	})
	d.wrong(key, errors.Join(err, n.endUnless(err)))
}

func (d *decoder) indices(key string, v *[]uint32) {
	text, ok := d.take(key, optional)
	if !ok {
		return
	}
	if text[0] == '{' {
		if shape, data, ok := d.place(key, text, dtypeU32, 1); ok {
			*v = make([]uint32, shape[0])
			readU32(*v, data)
		}
	} else {
		n := numbers{scanner{text: text}}
		_, err := n.items(func() error {
			index, err := n.level()
			*v = append(*v, index)
			return err
		})
		d.wrong(key, errors.Join(err, n.endUnless(err)))
	}
	for i := 1; i < len(*v); i++ {
		if (*v)[i] <= (*v)[i-1] {
			d.wrong(key, fmt.Errorf("%d after %d: they must ascend", (*v)[i], (*v)[i-1]))
		}
	}
}

func (n *numbers) endUnless(err error) error {
	if err != nil {
		return nil
	}
	return n.end()
}

// named puts the key before the mistake that was just made.
func (d *decoder) named(key string) {
	if err := d.err; err != nil {
		d.err = nil
		d.wrong(key, err)
	}
}
