package dataset

import "github.com/parquet-go/parquet-go/compress/zstd"

// layout says how many rows go where: constants of the schema version, because the bytes depend on them.
type layout struct {
	pageRows   int // rows in a page of each column
	groupPages int // pages in a row group
	partGroups int // row groups in a part
}

// version1 is the layout of schema version 1: 1,048,576 rows in a part.
func version1() layout { return layout{pageRows: 8192, groupPages: 16, partGroups: 8} }

func (l layout) groupRows() int { return l.pageRows * l.groupPages }
func (l layout) partRows() int  { return l.groupRows() * l.partGroups }

// codec is the compression of schema version 1: one thread, so that the bytes do not depend on the machine.
func codec() *zstd.Codec { return &zstd.Codec{Level: zstd.SpeedFastest, Concurrency: 1} }

// dictionaryBytes is the size of a column's dictionary from which on the rest of the row group is written plainly: long reasons that are all
// different must not pile up in memory.
const dictionaryBytes = 1 << 20
