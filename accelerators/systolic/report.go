package systolic

// Report is one of SCALE-Sim's report files as data: a row a layer, the layer's number first. Cells of integer columns are whole.
type Report struct {
	File    string // name of SCALE-Sim's file
	Columns []ReportColumn
	Rows    [][]float64
}

// ReportColumn is a column of a Report, named as in the file.
type ReportColumn struct {
	Name    string
	Integer bool
}

func layerColumns(integer bool, names ...string) []ReportColumn {
	columns := []ReportColumn{{"LayerID", true}}
	for _, name := range names {
		columns = append(columns, ReportColumn{name, integer})
	}
	return columns
}

// BandwidthReport is BANDWIDTH_REPORT.csv of a dense run: mean words a cycle of every port.
func BandwidthReport(runs []Run) Report {
	r := Report{File: "BANDWIDTH_REPORT.csv", Columns: layerColumns(false,
		"Avg IFMAP SRAM BW", "Avg FILTER SRAM BW", "Avg OFMAP SRAM BW", "Avg IFMAP DRAM BW", "Avg FILTER DRAM BW", "Avg OFMAP DRAM BW")}
	for i, run := range runs {
		cycles := float64(run.TotalCycles())
		r.Rows = append(r.Rows, []float64{
			float64(i), float64(run.IfmapReads) / cycles, float64(run.FilterReads) / cycles, float64(run.OfmapWrites) / cycles,
			run.Ifmap.Bandwidth(), run.Filter.Bandwidth(), run.Ofmap.Bandwidth(),
		})
	}
	return r
}

// AccessReport is DETAILED_ACCESS_REPORT.csv: first and last cycle and number of the accesses of every SRAM and of the DRAM behind it.
func AccessReport(runs []Run) Report {
	var names []string
	for _, port := range []string{"SRAM IFMAP", "SRAM Filter", "SRAM OFMAP", "DRAM IFMAP", "DRAM Filter", "DRAM OFMAP"} {
		count := " Reads"
		if port == "SRAM OFMAP" || port == "DRAM OFMAP" {
			count = " Writes"
		}
		names = append(names, port+" Start Cycle", port+" Stop Cycle", port+count)
	}
	r := Report{File: "DETAILED_ACCESS_REPORT.csv", Columns: layerColumns(true, names...)}
	for i, run := range runs {
		row := []float64{float64(i)}
		for port, reads := range []int64{run.IfmapReads, run.FilterReads, run.OfmapWrites} {
			row = append(row, float64(run.SRAM[port].StartCycle), float64(run.SRAM[port].StopCycle), float64(reads))
		}
		for _, port := range []Port{run.Ifmap, run.Filter, run.Ofmap} {
			row = append(row, float64(port.StartCycle), float64(port.StopCycle), float64(port.Elements))
		}
		r.Rows = append(r.Rows, row)
	}
	return r
}

// SparseReport is SPARSE_REPORT.csv without its column Sparsity Representation, which is text: that of the run's Sparsity.
func SparseReport(runs []SparseRun) Report {
	r := Report{File: "SPARSE_REPORT.csv", Columns: layerColumns(false,
		"Original Filter Storage", "New Storage (Filter+Metadata)", "Filter Metadata Storage", "Avg FILTER Metadata SRAM BW")}
	for i, run := range runs {
		r.Rows = append(r.Rows, []float64{float64(i), run.OriginalWords(), run.StoredWords(), run.MetadataWords(), run.MetadataBandwidth()})
	}
	return r
}

// Span is the cycles of the first and the last access.
type Span struct{ StartCycle, StopCycle int64 }

// extend takes an access into a span that is empty while it stops before cycle 0.
func (s *Span) extend(cycle int64) {
	if s.StopCycle < 0 {
		s.StartCycle = cycle
	}
	s.StopCycle = cycle
}

// span is when the array is delivered what it reads, without stalls.
func (r reading) span() Span {
	last := r.at(r.colFolds-1, r.rowFolds-1)
	if r.traversal == resting {
		return Span{r.firstCycle() + hitCycles, last + int64(r.array.Rows) - 1 + hitCycles}
	}
	return Span{r.firstCycle() + hitCycles, last + r.stream(r.colFolds-1, r.rowFolds-1).last() + hitCycles}
}

// span is when outputs leave, without stalls.
func (o outputs) span() Span {
	return Span{o.stream(0, 0).start, o.at(o.colFolds-1, o.rowFolds-1) + o.stream(o.colFolds-1, o.rowFolds-1).last()}
}
