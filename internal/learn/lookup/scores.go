package lookup

import "math/bits"

// block is how many rows a tree is evaluated on before the next one.
const block = 2048

// Scratch holds what Scores needs of memory; one serves one call at a time.
type Scratch struct {
	index [][]uint8
	cells []int32
}

// Scores fills in the scores of rows of levels, row-major, one level an axis. It allocates nothing once the scratch has its size.
func (e *Ensemble) Scores(levels []uint8, scores []float64, s *Scratch) {
	for len(s.index) < len(e.groups) {
		s.index = append(s.index, make([]uint8, block))
	}
	for from := 0; from < len(scores); from += block {
		to := min(from+block, len(scores))
		e.block(levels[from*e.axes:to*e.axes], scores[from:to], s)
	}
}

// block scores at most block rows.
func (e *Ensemble) block(levels []uint8, scores []float64, s *Scratch) {
	for g, members := range e.groups {
		index := s.index[g]
		for i := range scores {
			row, at := levels[i*e.axes:(i+1)*e.axes], 0
			for _, m := range members {
				at += int(row[m.axis]) * m.stride
			}
			index[i] = uint8(at)
		}
	}
	for i := range scores {
		scores[i] = e.base
	}
	for t := range e.trees {
		switch tree := &e.trees[t]; len(tree.sets) {
		case 1:
			tree.add1(scores, s.index)
		case 2:
			tree.add2(scores, s.index)
		case 3:
			tree.add3(scores, s.index)
		default:
			tree.add(scores, s.index)
		}
	}
}

func (t *tree) add1(scores []float64, index [][]uint8) {
	a := &t.sets[0]
	ia := index[0][:len(scores)]
	for i := range scores {
		scores[i] += t.values[bits.TrailingZeros64(a[ia[i]])&(MostLeaves-1)]
	}
}

func (t *tree) add2(scores []float64, index [][]uint8) {
	a, b := &t.sets[0], &t.sets[1]
	ia, ib := index[0][:len(scores)], index[1][:len(scores)]
	for i := range scores {
		scores[i] += t.values[bits.TrailingZeros64(a[ia[i]]&b[ib[i]])&(MostLeaves-1)]
	}
}

func (t *tree) add3(scores []float64, index [][]uint8) {
	a, b, c := &t.sets[0], &t.sets[1], &t.sets[2]
	ia, ib, ic := index[0][:len(scores)], index[1][:len(scores)], index[2][:len(scores)]
	for i := range scores {
		scores[i] += t.values[bits.TrailingZeros64(a[ia[i]]&b[ib[i]]&c[ic[i]])&(MostLeaves-1)]
	}
}

// add is for any number of groups.
func (t *tree) add(scores []float64, index [][]uint8) {
	for i := range scores {
		leaves := ^uint64(0)
		for g := range t.sets {
			leaves &= t.sets[g][index[g][i]]
		}
		scores[i] += t.values[bits.TrailingZeros64(leaves)&(MostLeaves-1)]
	}
}
