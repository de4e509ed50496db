package dataset

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
)

// By is what rows have in common that must not be torn apart. The zero value is ByDesign.
type By uint8

// The groupings.
const (
	ByDesign   By = iota // all rows of one canonical design, whatever the workload
	ByOutcome            // all rows of designs whose results are equal on every workload: designs that only differ in what does not matter
	ByWorkload           // all rows of one simulator with one version, fidelity and settings
)

// Bys lists the names of the groupings.
func Bys() []string { return []string{"design", "outcome", "workload"} }

// String is the name of the grouping.
func (b By) String() string { return Bys()[b] }

// UnmarshalText reads the name of a grouping.
func (b *By) UnmarshalText(text []byte) error {
	for i, name := range Bys() {
		if name == string(text) {
			*b = By(i)
			return nil
		}
	}
	return fmt.Errorf("dataset: grouping %q is not one of %s", text, strings.Join(Bys(), ", "))
}

// Groups tells, for every row in order, which group it is in: rows of one group have the same number, those of two groups different ones but
// for a chance of about n² / 2^65 in n groups. The numbers depend on the rows alone, not on their order. Failed rows count as their design does, their
// results do not.
func Groups(r *Reader, by By) ([]uint64, error) {
	tasks := make([]uint64, len(r.Studies()))
	for i, s := range r.Studies() {
		tasks[i] = hash64([]byte(s.task()))
	}
	groups := make([]uint64, 0, r.Len())
	outcomes := map[uint64]uint64{}  // of a design: the sum over its different results
	told := map[[2]uint64]struct{}{} // results that are in the sum
	simulators := make([]uint64, len(tasks))
	for i, s := range r.Studies() {
		simulators[i] = hash64([]byte(s.Simulator))
	}
	for rec, err := range r.Rows() {
		if err != nil {
			return nil, err
		}
		if by == ByWorkload {
			groups = append(groups, tasks[rec.Study])
			continue
		}
		key := rec.DesignKey()
		design := binary.LittleEndian.Uint64(key[:]) ^ simulators[rec.Study]
		groups = append(groups, design)
		if by != ByOutcome || rec.Failed != "" {
			continue
		}
		result := rec.outcomeHash(tasks[rec.Study])
		if _, again := told[[2]uint64{design, result}]; !again {
			told[[2]uint64{design, result}] = struct{}{}
			outcomes[design] += result
		}
	}
	if by == ByOutcome {
		for i, design := range groups {
			if outcome, ok := outcomes[design]; ok {
				groups[i] = outcome
			}
		}
	}
	return groups, nil
}

// outcomeHash is a hash of a result and of what it is the result of.
func (r *Record) outcomeHash(task uint64) uint64 {
	b := binary.LittleEndian.AppendUint64(nil, task)
	for _, v := range r.Metrics {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
	}
	return hash64(append(b, r.Infeasible...))
}

func hash64(b []byte) uint64 {
	sum := sha256.Sum256(b)
	return binary.LittleEndian.Uint64(sum[:8])
}

// Side tells on which side of a split a group lies: true for a share of all groups that the seed draws, whatever other groups there are.
func Side(seed, group uint64, share float64) bool {
	b := binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(nil, seed), group)
	return float64(hash64(b)>>11)/(1<<53) < share
}
