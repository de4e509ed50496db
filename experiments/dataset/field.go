package dataset

import (
	"reflect"

	"github.com/parquet-go/parquet-go"
)

// field is a named node of an ordered group.
type field struct {
	parquet.Node
	name string
}

// Name is the column's name.
func (f field) Name() string { return f.name }

// Value is the field of a Go map; datasets are written by column and never call it.
func (f field) Value(base reflect.Value) reflect.Value { return base.MapIndex(reflect.ValueOf(f.name)) }
