package dataset

import (
	"fmt"
	"iter"
	"math"

	"github.com/parquet-go/parquet-go"
)

// Record is one row. Its slices are parallel to the reader's lists, and belong to the caller.
type Record struct {
	Study      int // index in Studies
	Trial      int
	Given      bool
	Params     []any     // parallel to Params: float64 or string; nil when inactive or not of this simulator
	Metrics    []float64 // parallel to Metrics: NaN when not of this simulator; nil when infeasible or failed
	Objectives []float64 // of the study, maximised; nil when infeasible or failed
	Violations []float64 // one a constraint of the study, <= 0 holds, and the design's own; nil when there is none
	Infeasible string
	Failed     string
}

// Params lists the columns of design parameters: Name without its prefix is the axis.
func (r *Reader) Params() []Column { return r.params }

// Metrics lists the columns of metrics: Name without its prefix is the metric's key.
func (r *Reader) Metrics() []Column { return r.metrics }

// Rows walks the rows in their order, in constant memory; an error ends the walk and is yielded once, last.
func (r *Reader) Rows() iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for _, rows := range r.Groups() {
			for rec, err := range rows {
				if !yield(rec, err) || err != nil {
					return
				}
			}
		}
	}
}

// Groups is Rows in pieces, row groups of 131,072 rows at most, each a walk of its own: several may be walked at the same time.
func (r *Reader) Groups() []iter.Seq2[Record, error] {
	var list []iter.Seq2[Record, error]
	for _, p := range r.parts {
		for _, rows := range p.tree.RowGroups() {
			list = append(list, func(yield func(Record, error) bool) {
				if err := r.walk(rows, yield); err != nil {
					yield(Record{}, fmt.Errorf("dataset: %s: %w", p.path, err))
				}
			})
		}
	}
	return list
}

// walk yields the rows of one row group.
func (r *Reader) walk(rows parquet.RowGroup, yield func(Record, error) bool) error {
	g, err := newGroup(r, rows)
	if err != nil {
		return err
	}
	defer g.close()
	for range rows.NumRows() {
		rec, err := g.record()
		if err != nil {
			return err
		}
		if r.keep != nil && !r.keep(&rec) {
			continue
		}
		if !yield(rec, nil) {
			return nil
		}
	}
	return nil
}

// group reads one row group.
type group struct {
	reader  *Reader
	chunks  []*chunk // parallel to the columns; nil for those that the study tells
	texts   []map[string]any
	rooms   int               // rows that room is left for
	room    []any             // for the parameters of the next rows
	floats  []float64         // for their numbers
	doubles []map[float64]any // values of ordinal parameters, as any
}

const (
	chunkValues = 1024 // values read at once
	roomRows    = 16   // rows that share an allocation: a record that is kept keeps as many
	mostDoubles = 1024 // values of a column that are kept as any
)

func newGroup(r *Reader, rows parquet.RowGroup) (g *group, err error) {
	defer recovered(&err)
	g = &group{reader: r, chunks: make([]*chunk, len(r.doc.Columns)), texts: make([]map[string]any, len(r.doc.Columns)), doubles: make([]map[float64]any, len(r.doc.Columns))}
	for c, column := range rows.ColumnChunks() {
		if c == 0 || c >= studyColumns {
			g.chunks[c] = &chunk{reader: parquet.NewColumnChunkValueReader(column), buf: make([]parquet.Value, chunkValues)}
			g.texts[c], g.doubles[c] = map[string]any{}, map[float64]any{}
		}
	}
	return g, nil
}

func (g *group) close() {
	for _, c := range g.chunks {
		if c != nil {
			c.reader.Close() // nothing to lose: it only reads
		}
	}
}

// record reads the next row.
func (g *group) record() (rec Record, err error) {
	defer recovered(&err)
	study, err := g.chunks[0].next()
	if err != nil {
		return Record{}, err
	}
	if rec.Study = int(study.Int32()); rec.Study < 0 || rec.Study >= len(g.reader.doc.Studies) {
		return Record{}, fmt.Errorf("study %d out of range [0, %d)", rec.Study, len(g.reader.doc.Studies))
	}
	m, o := len(g.reader.metrics), g.reader.objectives
	var numbers []float64 // three lists, each with its own capacity
	rec.Params, numbers = g.take(len(g.reader.params), m+o+g.reader.violations)
	rec.Metrics, rec.Objectives, rec.Violations = numbers[:0:m], numbers[m:m:m+o], numbers[m+o:m+o]
	for c := studyColumns; c < len(g.chunks); c++ {
		v, err := g.chunks[c].next()
		if err != nil {
			return Record{}, fmt.Errorf("column %q: %w", g.reader.doc.Columns[c].Name, err)
		}
		g.set(&rec, c, v)
	}
	if rec.Infeasible != "" || rec.Failed != "" {
		rec.Metrics = nil
	}
	if len(rec.Objectives) == 0 {
		rec.Objectives = nil
	}
	if len(rec.Violations) == 0 {
		rec.Violations = nil
	}
	return rec, nil
}

// take is room for the parameters and the numbers of one row.
func (g *group) take(params, numbers int) (room []any, floats []float64) {
	if g.rooms == 0 {
		g.rooms, g.room, g.floats = roomRows, make([]any, roomRows*params), make([]float64, roomRows*numbers)
	}
	g.rooms--
	room, g.room = g.room[:0:params], g.room[params:]
	floats, g.floats = g.floats[:numbers:numbers], g.floats[numbers:]
	return room, floats
}

// set puts the value of a column into a row.
func (g *group) set(rec *Record, c int, v parquet.Value) {
	switch r := g.reader.roles[c]; {
	case r == roleTrial:
		rec.Trial = int(v.Int64())
	case r == roleGiven:
		rec.Given = v.Boolean()
	case r == roleParam:
		rec.Params = append(rec.Params, g.param(c, v))
	case r == roleMetric:
		rec.Metrics = append(rec.Metrics, number(v))
	case v.IsNull():
	case r == roleObjective:
		rec.Objectives = append(rec.Objectives, v.Double())
	case r == roleViolation:
		rec.Violations = append(rec.Violations, v.Double())
	case r == roleInfeasible:
		rec.Infeasible = string(v.ByteArray())
	case r == roleFailed:
		rec.Failed = string(v.ByteArray())
	}
}

// param is a design parameter as the caller may keep it. Equal texts of one row group share their memory.
func (g *group) param(c int, v parquet.Value) any {
	switch {
	case v.IsNull():
		return nil
	case g.reader.doc.Columns[c].Type == Double:
		return g.double(c, v.Double())
	}
	label, ok := g.texts[c][string(v.ByteArray())]
	if !ok {
		s := string(v.ByteArray())
		label = s
		g.texts[c][s] = label
	}
	return label
}

// double is a value of an ordinal parameter; levels are few, and so are allocations.
func (g *group) double(c int, v float64) any {
	level, ok := g.doubles[c][v]
	if !ok {
		if level = v; len(g.doubles[c]) < mostDoubles {
			g.doubles[c][v] = level
		}
	}
	return level
}

// number is a double; NaN for null.
func number(v parquet.Value) float64 {
	if v.IsNull() {
		return math.NaN()
	}
	return v.Double()
}

// Values are the cells of a row parallel to Columns, as the Go types that Type names; nil for null.
func (r *Reader) Values(rec *Record) []any {
	values := append(r.doc.Studies[rec.Study].values(), rec.Trial, rec.Given)
	values = append(values, rec.Params...)
	numbers := func(list []float64, n int) {
		for i := range n {
			if i < len(list) && list[i] == list[i] {
				values = append(values, list[i])
			} else {
				values = append(values, nil)
			}
		}
	}
	numbers(rec.Metrics, len(r.metrics))
	numbers(rec.Objectives, r.objectives)
	numbers(rec.Violations, r.violations)
	for _, reason := range []string{rec.Infeasible, rec.Failed} {
		if reason == "" {
			values = append(values, nil)
		} else {
			values = append(values, reason)
		}
	}
	return values
}
