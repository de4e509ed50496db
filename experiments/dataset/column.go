package dataset

import (
	"fmt"

	"github.com/parquet-go/parquet-go"
)

// Type is the type of a column's values.
type Type string

// The types of columns; in brackets the Go type of their values in Reader.Values.
const (
	Bool   Type = "bool"   // bool
	Int32  Type = "int32"  // int
	Int64  Type = "int64"  // int
	Uint64 Type = "uint64" // uint64
	Double Type = "double" // float64
	Text   Type = "string" // string
	JSON   Type = "json"   // json.RawMessage, an object with sorted keys; plain text in the file
)

// Column declares one column.
type Column struct {
	Name     string `json:"name"`
	Type     Type   `json:"type"`
	Nullable bool   `json:"nullable,omitempty"`
	Unit     string `json:"unit,omitempty"`
	Doc      string `json:"doc,omitempty"`
}

// fixedColumns are the columns that every dataset starts with, in their order. The first studyColumns of them say which study a row is of.
func fixedColumns() []Column {
	return []Column{
		{Name: "study", Type: Int32, Doc: "index of the study in the experiment file's order"},
		{Name: "scenario", Type: Text, Doc: "name of the scenario"},
		{Name: "simulator", Type: Text, Doc: "catalogue id of the simulator"},
		{Name: "simulator_version", Type: Text, Doc: "changes whenever a number of the simulator moves"},
		{Name: "fidelity", Type: Text, Doc: "fidelity of the simulator; the empty one is the true model"},
		{Name: "settings", Type: JSON, Doc: "settings of the simulator, keys sorted"},
		{Name: "space_hash", Type: Text, Doc: "SHA-256 of the design space's axes, first 16 bytes in hexadecimal"},
		{Name: "agent", Type: Text, Doc: "kind of the agent"},
		{Name: "hyperparameters", Type: JSON, Doc: "hyper-parameters of the agent, keys sorted"},
		{Name: "seed", Type: Uint64, Doc: "seed of the study"},
		{Name: "repeat", Type: Int32, Doc: "number of the repetition with another seed, from 0"},
		{Name: "trial", Type: Int64, Doc: "number of the trial in its study, from 0"},
		{Name: "given", Type: Bool, Doc: "true for a start design of the file, false for one that the agent asked for"},
	}
}

// node is the column's Parquet type, with the encoding that the schema version fixes.
func (c Column) node() (parquet.Node, error) {
	var n parquet.Node
	switch c.Type {
	case Bool:
		n = parquet.Encoded(parquet.Leaf(parquet.BooleanType), &parquet.Plain)
	case Int32:
		n = parquet.Encoded(parquet.Int(32), &parquet.DeltaBinaryPacked)
	case Int64:
		n = parquet.Encoded(parquet.Int(64), &parquet.DeltaBinaryPacked)
	case Uint64:
		n = parquet.Encoded(parquet.Uint(64), &parquet.DeltaBinaryPacked)
	case Double:
		n = parquet.Leaf(parquet.DoubleType)
		if c.role() == roleParam {
			n = parquet.Encoded(n, &parquet.RLEDictionary)
		} else {
			n = parquet.Encoded(n, &parquet.Plain)
		}
	case Text, JSON:
		n = parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
	default:
		return nil, fmt.Errorf("column %q: unknown type %q", c.Name, c.Type)
	}
	if c.Nullable {
		n = parquet.Optional(n)
	}
	return n, nil
}

// parquetSchema is the schema of the columns in their order.
func parquetSchema(columns []Column) (*parquet.Schema, error) {
	root := ordered{Group: parquet.Group{}}
	for _, c := range columns {
		n, err := c.node()
		if err != nil {
			return nil, err
		}
		root.Group[c.Name] = n
		root.fields = append(root.fields, field{n, c.Name})
	}
	return parquet.NewSchema("codesign", root), nil
}

// ordered is a group whose fields keep their order; parquet.Group sorts them by name.
type ordered struct {
	parquet.Group
	fields []parquet.Field
}

// Fields lists the fields in the columns' order.
func (o ordered) Fields() []parquet.Field { return o.fields }
