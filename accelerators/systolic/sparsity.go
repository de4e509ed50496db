package systolic

import (
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// Representation is how the kept elements of a sparse filter are stored. The zero value is EllpackBlock.
type Representation uint8

// The representations, with the names that text uses.
const (
	EllpackBlock Representation = iota // "ellpack_block": each element with its place in the block
	CSR                                // "csr": compressed rows
	CSC                                // "csc": compressed columns
)

func representationNames() []string { return []string{"ellpack_block", "csr", "csc"} }

// String returns the name.
func (r Representation) String() string {
	return name("Representation", representationNames(), int(r))
}

// MarshalText returns the name; a value that is no representation is an error.
func (r Representation) MarshalText() ([]byte, error) {
	return marshal("representation", representationNames(), int(r))
}

// UnmarshalText accepts a name.
func (r *Representation) UnmarshalText(text []byte) error {
	i, err := unmarshal("representation", representationNames(), text)
	if err == nil {
		*r = Representation(i)
	}
	return err
}

// Limits of a Sparsity.
const (
	MaxSparsityBlock = dnn.MaxSparsityBlock
	bitsOfMetadata   = 32 // of a word of metadata
)

// Sparsity is N:M sparsity of the filter: of Of consecutive depths Keep are there. The zero value is dense.
type Sparsity struct {
	Keep, Of       int // 1 ≤ Keep ≤ Of ≤ MaxSparsityBlock; both 0 mean dense
	Representation Representation

	// RowWiseBlock is the block of SCALE-Sim's optimised mapping, even; 0 means layer-wise. Each filter keeps its own number of depths
	// of a block, drawn from 1 to half of it, and a row of the array reads a whole block of the ifmap for half a block of the filter.
	// Keep and Of then count for the size of the metadata alone.
	RowWiseBlock int
	Seed         uint32 // of the draws
}

// Check reports everything that is out of range.
func (s Sparsity) Check() error {
	if s == (Sparsity{}) {
		return nil
	}
	_, err := s.Representation.MarshalText()
	errs := []error{err, inRange("sparsity Of", s.Of, 1, MaxSparsityBlock, "depths"), inRange("sparsity Keep", s.Keep, 1, s.Of, "depths")}
	if s.RowWiseBlock%2 != 0 {
		errs = append(errs, fmt.Errorf("systolic: sparsity RowWiseBlock %d is odd: want an even number of depths", s.RowWiseBlock))
	}
	return errors.Join(append(errs, inRange("sparsity RowWiseBlock", s.RowWiseBlock, 0, MaxSparsityBlock, "depths"))...)
}

// SparseRun is a Run with a sparse filter.
type SparseRun struct {
	Run
	MappingFrac, ComputeUtilFrac float64

	ifmapReads                  float64
	original, metadata, storage float64 // words
}

// SRAMIfmapReads is the ifmap reads as SCALE-Sim counts them: those of the kept depths scaled by Of/Keep, which need not be whole.
func (r SparseRun) SRAMIfmapReads() float64 { return r.ifmapReads }

// OriginalWords is the size of the dense filter.
func (r SparseRun) OriginalWords() float64 { return r.original }

// MetadataWords says where the kept elements belong: words of 32 bits, which need not be whole.
func (r SparseRun) MetadataWords() float64 { return r.metadata }

// StoredWords is the size of the kept elements and their metadata.
func (r SparseRun) StoredWords() float64 { return r.storage }

// MetadataBandwidth is metadata words a cycle.
func (r SparseRun) MetadataBandwidth() float64 { return r.metadata / float64(r.TotalCycles()) }

// CalcSparse is Calc with a sparse filter, weight stationary: SCALE-Sim v3's sparsity. Depths that the filter does not keep are neither stored
// nor multiplied; MACs still counts the dense product.
func CalcSparse(c Config, p Problem, s Sparsity, scratch *Scratch) (SparseRun, error) {
	if err := s.Check(); err != nil {
		return SparseRun{}, err
	}
	if c.Dataflow != WeightStationary {
		return SparseRun{}, fmt.Errorf("systolic: a sparse filter needs dataflow ws, not %s", c.Dataflow)
	}
	if p.Count == 0 {
		return SparseRun{}, errors.New("systolic: a vector problem has no filter to be sparse")
	}
	if err := p.checkSpace(); err != nil {
		return SparseRun{}, err
	}
	if s == (Sparsity{}) {
		s.Keep, s.Of = 1, 1
	}
	if s.RowWiseBlock > 0 {
		if 2*c.Rows%s.RowWiseBlock != 0 {
			return SparseRun{}, fmt.Errorf("systolic: sparsity RowWiseBlock %d does not divide twice the %d rows of the array", s.RowWiseBlock, c.Rows)
		}
		return calcRowWise(c, p, s, scratch), nil
	}
	return calcLayerWise(c, p, s, scratch), nil
}

func calcLayerWise(c Config, p Problem, s Sparsity, scratch *Scratch) SparseRun {
	p.Count = 1
	k := kept{int64(s.Keep), int64(s.Of)}
	stored := p
	stored.K = k.depths(p.K)
	f := c.fold(stored)
	ifmap, filter := c.readings(f)
	window := calcWindow(c.IfmapSRAMKiB)
	r := newSparseRun(c, p, stored)
	r.SRAM = [3]Span{ifmap.span(), filter.span(), outputs{f, c.Array}.span()}
	o := overlap{reading: ifmap, patches: newPatches(p, k), window: window}
	if p.IfmapElements == p.M*p.K { // no element is read twice in a pass, kept or not
		r.Ifmap = ifmap.calcPort(c.IfmapSRAMKiB, ifmap.fetchUnrepeated(window))
	} else {
		r.Ifmap = ifmap.calcPort(c.IfmapSRAMKiB, o.fetch(p, scratch))
	}
	r.Filter = filter.calcPort(c.FilterSRAMKiB, filter.fetchUnrepeated(calcWindow(c.FilterSRAMKiB)))
	r.Ofmap = calcOfmap(c, p.Profile, f, scratch)
	for range f.colFolds {
		for rowFold := range f.rowFolds {
			r.ifmapReads += float64(f.streamed*f.rowsOf(c.Array, rowFold)) * (float64(s.Of) / float64(s.Keep))
		}
	}
	r.store(p, s, stored.K*p.N, stored.K*p.N)
	return r
}

// newSparseRun is the compute side: the array runs the stored depths.
func newSparseRun(c Config, dense, stored Problem) SparseRun {
	r := SparseRun{Run: Run{Compute: ComputeLayer(c.Array, stored)}}
	r.MACs = dense.MACs()
	r.MappingFrac, r.ComputeUtilFrac = MappingFrac(c.Array, stored), ComputeUtilFrac(c.Array, stored)
	return r
}

// store sizes the filter: slots that the array is loaded with, and the elements among them that are kept.
func (r *SparseRun) store(p Problem, s Sparsity, slots, elements int64) {
	r.original = float64(p.K * p.N)
	switch s.Representation {
	case EllpackBlock:
		bits := 0
		for 1<<bits < s.Of {
			bits++
		}
		r.metadata = float64(slots) * float64(bits) / bitsOfMetadata
		r.storage = float64(slots) + r.metadata
		return
	case CSR:
		r.metadata = float64(elements + p.K + 1)
	case CSC:
		r.metadata = float64(elements + p.N + 1)
	}
	r.storage = float64(elements) + r.metadata
}
