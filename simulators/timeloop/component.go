package timeloop

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
	"github.com/codesign-gym/codesign/internal/suggest"
)

const defaultWordBits = 16 // Timeloop's

// attributes reads the attributes of a component: several names for each are in use.
type attributes struct {
	*reader
	of   component
	read []string // the names that mean something
	seen []string // with those that are refused
}

// get is the first of the names that is given.
func (a *attributes) get(names ...string) *node {
	a.read, a.seen = append(a.read, names...), append(a.seen, names...)
	for _, name := range names {
		if v := a.of.parts.get(name); v != nil {
			return v
		}
	}
	return nil
}

// size is a count of at least one, or the default.
func (a *attributes) size(fallback int64, names ...string) int64 {
	v := a.get(names...)
	if v == nil {
		return fallback
	}
	return a.reader.size(v, fmt.Sprintf("architecture: %s of %s", names[0], a.of.name))
}

// count is a size of at most 2^20: of a word, a block, a cluster.
func (a *attributes) count(fallback int, names ...string) int {
	v := a.get(names...)
	if v == nil {
		return fallback
	}
	return int(a.integer(v, fmt.Sprintf("architecture: %s of %s", names[0], a.of.name), 1, 1<<20))
}

// amount is a number that is not negative, or the default.
func (a *attributes) amount(fallback float64, names ...string) float64 {
	v := a.get(names...)
	if v == nil {
		return fallback
	}
	return a.reader.amount(v, fmt.Sprintf("architecture: %s of %s", names[0], a.of.name))
}

// refuse reports attributes that change what is counted, and that are not modelled, unless they are at the value that changes nothing.
func (a *attributes) refuse(neutral string, names ...string) {
	for _, name := range names {
		if v := a.of.parts.get(name); v != nil && !(v.kind == scalar && strings.EqualFold(v.text, neutral)) {
			a.bad(v, "architecture: %s: attribute %s is not read: leave it out", a.of.name, name)
		}
		a.seen = append(a.seen, name)
	}
}

// rest reports attributes that nobody knows. Those of estimators of energy and area have no effect on counts: they are passed over.
func (a *attributes) rest() {
	if a.of.parts == nil {
		return
	}
	for _, f := range a.of.parts.fields {
		if !slices.Contains(a.seen, f.key) && !slices.Contains(estimatorAttributes(), f.key) && !f.value.void() {
			a.errs = append(a.errs, &Error{f.value.file, f.line, fmt.Errorf("architecture: %s: not read: %w", a.of.name, suggest.Unknown("attribute", f.key, a.read))})
		}
	}
}

// estimatorAttributes are those that tools which estimate energy and area read, and that change no count.
func estimatorAttributes() []string {
	return []string{"technology", "global_cycle_seconds", "cycle_time", "type", "n_banks", "num_banks", "nbanks", "n_ports", "num_ports", "nports", "n_rdwr_ports", "n_rw_ports",
		"n_buffets", "update_fifo_depth", "datawidth", "latency", "num_pipeline_stages", "multiplier_width", "adder_width", "width", "has_power_gating", "action_latency_cycles"}
}

// mesh reads how many instances there are and how many in a row; version 0.4 knows from the nodes around.
func (a *attributes) mesh() (instances, meshX int) {
	copies, row := a.of.copies, a.of.meshX
	copies = a.size(copies, "instances")
	x, y := a.size(0, "meshX"), a.size(0, "meshY")
	switch {
	case x > 0:
		row = x
	case y > 0 && copies%y == 0:
		row = copies / y
	case y > 0:
		row = copies
		a.bad(a.of.node, "architecture: %s: %d instances do not fill %d rows", a.of.name, copies, y)
	}
	if row > 0 && (copies%row != 0 || y > 0 && row*y != copies) {
		a.bad(a.of.node, "architecture: %s: %d instances do not fill a mesh of %d × %d", a.of.name, copies, row, max(y, copies/row))
	}
	if copies > math.MaxInt32 {
		a.bad(a.of.node, "architecture: %s: more than 2^31 instances", a.of.name)
		return 1, 1
	}
	return int(copies), int(row)
}

// level reads a memory.
func (r *reader) level(c component, energies *references, o Options) loopnest.Level {
	a := &attributes{reader: r, of: c}
	word := a.count(defaultWordBits, "word_bits", "word_width", "datawidth")
	block, cluster, width := a.line(int64(word))
	l := loopnest.Level{
		Name: c.name, WordBits: word, BlockWords: int(block), ClusterSize: int(cluster), Buffers: a.count(1, "multiple_buffering"),
	}
	l.CapacityWords = a.capacity(int64(word), block)
	l.Instances, l.MeshX = a.mesh()
	l.ReadWordsPerCycle, l.WriteWordsPerCycle = a.bandwidths()
	a.refuse("1", "power_gating_granularity")
	a.refuse("false", "allow_overbooking")
	a.refuse("true", "reduction_supported")
	a.refuse("0", "network_fill_latency", "network_drain_latency", "min_utilization", "metadata_block_size", "metadata_datawidth", "metadata_word_bits",
		"metadata_storage_width", "metadata_width", "metadata_storage_depth", "metadata_depth")
	l.WordsPerCycle = a.amount(0, "shared_bandwidth", "rw_bandwidth")
	a.refuse("", "per_dataspace_bandwidth_consumption_scale", "network_read", "network_fill", "network_drain", "network_update",
		"power_gated_at", "addr_gen_energy", "decompression_supported", "compression_supported", "concordant_compressed_tile_traversal", "tile_partition_supported")
	a.storageCost(&l, width, energies, o)
	a.rest()
	return l
}

// line reads the words of an access (block), the instances that share a wide word (cluster) and the bits of that word (width). Two of them give
// the third.
func (a *attributes) line(word int64) (block, cluster, width int64) {
	block, cluster = int64(a.count(0, "block_size", "n_words")), int64(a.count(0, "cluster_size"))
	width = int64(a.count(0, "width", "memory_width", "data_storage_width"))
	if width == 0 {
		block, cluster = max(block, 1), max(cluster, 1)
		return block, cluster, block * cluster * word
	}
	wrong := func() (int64, int64, int64) {
		a.bad(a.of.node, "architecture: %s: a width of %d bits is not a whole number of words: word_bits %d, block_size %d, cluster_size %d",
			a.of.name, width, word, max(block, 1), max(cluster, 1))
		return max(block, 1), max(cluster, 1), width
	}
	switch {
	case block > 0 && cluster > 0 && block*cluster*word != width:
		return wrong()
	case block > 0 && cluster == 0:
		if cluster = width / (block * word); cluster*block*word != width {
			return wrong()
		}
	case block == 0:
		cluster = max(cluster, 1)
		if block = width / (cluster * word); block < 1 || block*cluster*word != width {
			return wrong()
		}
	}
	return block, cluster, width
}

// capacity reads the words of an instance; 0 = unbounded.
func (a *attributes) capacity(word, block int64) int64 {
	entries, depth, kib := a.get("entries"), a.get("depth", "memory_depth", "data_storage_depth"), a.get("sizeKB")
	given := 0
	for _, v := range []*node{entries, depth, kib} {
		if v != nil {
			given++
		}
	}
	if given > 1 {
		a.bad(a.of.node, "architecture: %s: give one of entries, depth and sizeKB", a.of.name)
		return 0
	}
	what := "architecture: size of " + a.of.name
	switch {
	case entries != nil:
		return a.reader.size(entries, what)
	case depth != nil:
		return a.integer(depth, what, 1, maxInteger/max(block, 1)) * block
	case kib != nil:
		return a.integer(kib, what, 1, 1<<30) * 8192 / word
	}
	return 0
}

// bandwidths reads words a cycle; 0 = unbounded.
func (a *attributes) bandwidths() (read, write float64) {
	read, write = a.amount(0, "read_bandwidth"), a.amount(0, "write_bandwidth")
	if v := a.get("bandwidth"); v != nil { // Timeloop's older attribute: half each way
		half := a.reader.amount(v, "architecture: bandwidth of "+a.of.name) / 2
		if read == 0 {
			read = half
		}
		if write == 0 {
			write = half
		}
	}
	return read, write
}

// storageCost fills in energies and area: the user's, those of a reference table, or those of the technology, in this order.
func (a *attributes) storageCost(l *loopnest.Level, width int64, energies *references, o Options) {
	user, area := a.get("vector_access_energy"), a.get("cluster_area")
	listed, known := energies.energy(l.Name)
	switch {
	case user != nil:
		pj := a.reader.amount(user, "architecture: vector_access_energy of "+l.Name)
		l.ReadPJ, l.WritePJ, l.UpdatePJ = pj, pj, pj
	case known:
		l.ReadPJ, l.WritePJ, l.UpdatePJ, l.LeakPJPerCycle = listed.read, listed.write, listed.update, listed.leak
	}
	listedArea, knownArea := energies.area(l.Name)
	if knownArea {
		l.AreaUM2 = listedArea
	}
	if area != nil {
		l.AreaUM2, knownArea = a.reader.amount(area, "architecture: cluster_area of "+l.Name)/float64(l.ClusterSize), true
	}
	if len(a.errs) > 0 || (user != nil || known) && knownArea {
		return
	}
	m := Memory{Kind: kindOf(a.of.class), Depth: l.CapacityWords / int64(l.BlockWords), Width: width, Banks: a.size(1, "n_banks", "num_banks", "nbanks")}
	m.Smart = a.of.smart()
	cost, err := m.Cost(o.Table)
	if err != nil && !(user != nil || known) {
		a.bad(a.of.node, "architecture: %s: %w", l.Name, err)
		return
	}
	if !(user != nil || known) {
		l.ReadPJ, l.WritePJ, l.UpdatePJ = cost.ReadPJ, cost.WritePJ, cost.WritePJ
		a.note("%s: energy of an access by %s: %.4g pJ for %d bits", l.Name, o.Table.Name, cost.ReadPJ, width)
	}
	if !knownArea && err == nil {
		l.AreaUM2 = cost.AreaUM2 / float64(l.ClusterSize)
	}
}

// compute reads the multiply-accumulate units.
func (r *reader) compute(c component, energies *references, o Options) loopnest.Compute {
	a := &attributes{reader: r, of: c}
	units := loopnest.Compute{Name: c.name, WordBits: a.count(defaultWordBits, "word_bits", "datawidth", "multiplier_width", "width")}
	units.Instances, units.MeshX = a.mesh()
	user, area := a.get("energy"), a.get("area")
	listed, known := energies.energy(c.name)
	listedArea, knownArea := energies.area(c.name)
	sumBits := a.count(32, "adder_width")
	a.refuse("", "network_operand", "network_result")
	a.rest()
	pj, um2, err := MACCost(o.Table, units.WordBits, sumBits)
	switch {
	case user != nil:
		pj, err = r.amount(user, "architecture: energy of "+c.name), nil
	case known:
		pj, err = listed.compute, nil
	case err == nil:
		r.note("%s: energy of a multiply-accumulate by %s: %.4g pJ for %d × %d bits", c.name, o.Table.Name, pj, units.WordBits, units.WordBits)
	}
	if err != nil && len(r.errs) == 0 {
		r.bad(c.node, "architecture: %s: %w", c.name, err)
	}
	switch {
	case area != nil:
		um2 = r.amount(area, "architecture: area of "+c.name)
	case knownArea:
		um2 = listedArea
	}
	units.EnergyPJ, units.AreaUM2 = pj, um2
	return units
}
