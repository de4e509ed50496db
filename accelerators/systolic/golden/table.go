package golden

// Table is one of the reference tables.
type Table uint8

// The tables that have a row a layer.
const (
	Compute Table = iota // the compute system alone
	Calc                 // interface mode CALC: DRAM traffic without stalls
	User                 // interface mode USER: stalls, of SCALE-Sim v3 and v2
	Sparse               // N:M sparsity of the filter
)

// File is the name of the table in the reference folder.
func (t Table) File() string {
	return [...]string{"golden_compute.csv", "golden_calc.csv", "golden_user.csv", "golden_sparse.csv"}[t]
}

// Reference names the peer and the table.
func (t Table) Reference() string {
	return [...]string{"SCALE-Sim v3, compute", "SCALE-Sim v3, CALC", "SCALE-Sim v3 and v2, USER", "SCALE-Sim v3, N:M sparsity"}[t]
}

// How a column is compared.
const (
	exact        = 0    // integers, and what must be equal to the last bit
	percentage   = 1e-9 // relative
	stored9Digit = 5e-9 // relative: half a unit of the ninth digit
)

// column is a compared column of a table.
type column struct {
	name      string
	tolerance float64
}

// columns lists what is compared, in the order of the values that recompute returns.
func (t Table) columns() []column {
	product := []column{{"M", exact}, {"N", exact}, {"K", exact}}
	cycles := []column{{"total_cycles", exact}}
	array := []column{
		{"overall_util_pct", percentage}, {"mapping_eff_pct", percentage}, {"compute_util_pct", percentage},
		{"sram_ifmap_reads", exact}, {"sram_filter_reads", exact}, {"sram_ofmap_writes", exact},
	}
	memory := []column{{"total_cycles_incl_prefetch", exact}, {"stall_cycles", exact}}
	for _, port := range []string{"ifmap_sram", "filter_sram", "ofmap_sram", "ifmap_dram", "filter_dram", "ofmap_dram"} {
		memory = append(memory, column{"avg_" + port + "_bw", stored9Digit})
	}
	for _, name := range []string{"ifmap_start", "ifmap_stop", "ifmap_reads", "filter_start", "filter_stop", "filter_reads", "ofmap_start", "ofmap_stop", "ofmap_writes"} {
		memory = append(memory, column{"dram_" + name, exact})
	}
	all := append(append(product, cycles...), array...)
	switch t {
	case Calc, User:
		return append(all, memory...)
	case Sparse:
		return append(all,
			column{"total_cycles_incl_prefetch", exact}, column{"stall_cycles", exact},
			column{"dram_ifmap_reads", exact}, column{"dram_filter_reads", exact}, column{"dram_ofmap_writes", exact},
			column{"orig_filter_storage", exact}, column{"new_filter_storage", exact}, column{"metadata_storage", exact},
			column{"avg_metadata_bw", stored9Digit})
	}
	return all
}
